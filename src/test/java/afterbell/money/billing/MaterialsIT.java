package afterbell.money.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.db.Questions;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Materials of a course are charged apart, within what the tariff names, to a family that agreed. One child is in the club, the other is not. */
@HouseTest
@Req("R42")
class MaterialsIT {
    @Autowired GivenSchool given;
    @Autowired GivenAfternoon afternoons;
    @Autowired GivenClass people;
    @Autowired PutTariff put;
    @Autowired ShippedTariffs shipped;
    @Autowired Materials materials;
    @Autowired Ledger ledger;
    @Autowired VerifyLedger verify;
    @Autowired Questions questions;
    @Autowired Ids ids;
    @Autowired Visitor.Maker visitors;

    private World world;
    private UUID school = new UUID(0, 0);

    @BeforeEach
    void a_club_of_one() {
        world = afternoons.world(2, 1);
        school = world.school();
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    private void charges(String... replaced) {
        String body = shipped.of("EXAMPLE-320999").orElseThrow().body();
        for (int i = 0; i < replaced.length; i += 2) body = body.replace(replaced[i], replaced[i + 1]);
        String text = body;
        LocalDate from = LocalDate.of(2026, 9, 1);
        given.in(school, () -> put.put(school, text, false, from, from, null));
    }

    private List<String> told(long fen) {
        return given.in(school, () -> materials.tell(school, Optional.of(world.section()), "陶泥", OptionalLong.of(fen), new UUID(0, 7))).stream().map(Refusal::messageKey).toList();
    }

    @Test
    void what_the_tariff_does_not_name_or_forbids_is_refused_with_its_clause() {
        charges("materials: {", "bans: []\n# {");
        assertThat(told(3_500)).containsExactly("billing.material.refused.silent");
        charges("materials: {", "bans:\n  - {rule: fee.materials, clause: 不得另收材料费, instead: 由服务费列支}\n# {");
        assertThat(told(3_500)).containsExactly("billing.material.refused.banned");
        charges();
        assertThat(told(6_001)).as("more than the tariff allows").containsExactly("billing.material.refused.most");
        assertThat(told(0)).containsExactly("billing.material.refused.fen");
        assertThat(told(6_000)).isEmpty();
        assertThat(told(6_000)).as("twice").containsExactly("billing.material.refused.twice");
    }

    @Test
    void a_family_of_the_course_agrees_once_and_it_stands_on_an_account_of_its_own() {
        charges();
        assertThat(told(3_500)).isEmpty();
        UUID in = world.pupils().getFirst();
        UUID out = world.pupils().getLast();
        Visitor family = visitors.signedIn(people.grown(school, in, Role.GUARDIAN, "guardian", "母").user());
        String bill = "/children/" + in + "/bill";
        assertThat(family.get(bill).body()).contains("课程材料费（单列，自愿）").contains("同意，¥35.00");
        UUID material = given.in(school, () -> questions.ask(Materials.toldOf(school))).getFirst().id();
        for (int i = 0; i < 2; i++) assertThat(family.post(bill + "/materials/" + material, Map.of()).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> ledger.familyBalances(school, List.of(in)))).isEqualTo(Map.of(in, 3_500L));
        assertThat(given.in(school, () -> ledger.balance(school, "materials-fund"))).isEqualTo(-3_500);
        assertThat(given.in(school, () -> ledger.balance(school, "service-fund"))).as("never part of the fee").isZero();
        assertThatThrownBy(() -> given.in(school, () -> {
                    materials.agree(school, out, material, new UUID(0, 7));
                    return true;
                }))
                .as("not in the course")
                .isInstanceOf(NotFound.class);
        assertThat(Scopes.within(Scope.school(school, null), () -> verify.run(school)).lies()).isEmpty();
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        assertThat(finance.get("/charges/materials").body()).contains("1 位家长已同意");
        assertThat(finance.get("/charges/children/" + in).body()).contains("没有领用，取消");
        UUID agreement = given.in(school, () -> questions.ask(Materials.offersOf(school, in))).getFirst().agreement();
        for (int i = 0; i < 2; i++) assertThat(finance.post("/charges/materials/agreed/" + agreement, Map.of()).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> ledger.balance(school, "materials-fund"))).isZero();
        assertThat(finance.post("/charges/materials", Map.of("_key", ids.next().toString(), "section", world.section().toString(), "name", "", "yuan", "-1")).statusCode()).isEqualTo(422);
        assertThat(Scopes.within(Scope.school(school, null), () -> verify.run(school)).lies()).isEmpty();
    }
}
