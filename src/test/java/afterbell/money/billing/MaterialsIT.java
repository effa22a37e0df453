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
import java.net.http.HttpResponse;
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
import org.springframework.jdbc.core.simple.JdbcClient;

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
    @Autowired PayOrders orders;
    @Autowired JdbcClient sql;
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
        return told("陶泥", fen);
    }

    private List<String> told(String name, long fen) {
        return given.in(school, () -> materials.tell(school, Optional.of(world.section()), name, OptionalLong.of(fen), new UUID(0, 7))).stream().map(Refusal::messageKey).toList();
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
        assertThat(told(3_000)).isEmpty();
        assertThat(told(3_000)).as("twice").containsExactly("billing.material.refused.twice");
    }

    private UUID material(String name) {
        return given.in(school, () -> questions.ask(Materials.toldOf(school))).stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow().id();
    }

    private Map<UUID, Long> balances() {
        return given.in(school, () -> ledger.familyBalances(school, world.pupils()));
    }

    @Test
    void the_materials_of_one_course_stay_together_within_what_the_tariff_allows() {
        charges();
        assertThat(told("陶泥", 3_500)).isEmpty();
        assertThat(told("颜料", 2_501)).as("60 yuan a child and course, not a material").containsExactly("billing.material.refused.most");
        UUID in = world.pupils().getFirst();
        Visitor family = visitors.signedIn(people.grown(school, in, Role.GUARDIAN, "guardian", "母").user());
        String agree = "/children/" + in + "/bill/materials/";
        assertThat(family.post(agree + material("陶泥"), Map.of()).statusCode()).isEqualTo(303);
        UUID clay = material("陶泥");
        given.in(school, () -> {
            materials.end(school, clay);
            return true;
        });
        assertThat(told("颜料", 2_501)).as("the first is offered no more").isEmpty();
        HttpResponse<String> no = family.post(agree + material("颜料"), Map.of());
        assertThat(no.statusCode()).as("but who has agreed to it pays it").isEqualTo(422);
        assertThat(no.body()).contains("还可以有 25.00 元");
        assertThat(balances()).containsEntry(in, 3_500L);
    }

    @Test
    void a_command_sent_again_books_nothing_a_second_time_and_an_order_asks_for_what_is_due() {
        charges();
        assertThat(told(3_500)).isEmpty();
        UUID in = world.pupils().getFirst();
        Visitor family = visitors.signedIn(people.grown(school, in, Role.GUARDIAN, "guardian", "母").user());
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        String agree = "/children/" + in + "/bill/materials/" + material("陶泥");
        Map<String, String> key = Map.of("_key", ids.next().toString());
        assertThat(family.post(agree, key).statusCode()).isEqualTo(303);
        PayOrder order = given.in(school, () -> orders.open(school, in, null)).orElseThrow();
        assertThat(order.fen()).isEqualTo(3_500);
        UUID agreement = given.in(school, () -> questions.ask(Materials.offersOf(school, in))).getFirst().agreement();
        assertThat(finance.post("/charges/materials/agreed/" + agreement, Map.of()).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> orders.find(school, order.id()).orElseThrow().state())).as("nothing is due any more").isEqualTo(OrderState.EXPIRED);
        assertThat(family.post(agree, key).statusCode()).as("the phone sends it again").isEqualTo(303);
        assertThat(balances().getOrDefault(in, 0L)).isZero();
    }

    @Test
    void only_courses_of_the_running_term_that_stand_and_only_under_a_tariff() {
        assertThat(told(3_500)).containsExactly("billing.material.refused.no_tariff");
        charges();
        afternoons.on(LocalDate.of(2027, 2, 1), "09:00");
        assertThat(told(3_500)).as("the term is over").containsExactly("billing.material.refused.course");
        afternoons.at("15:50");
        given.in(school, () -> sql.sql("update programme.section set state = 'withdrawn' where school_id = :s and section_id = :x").param("s", school).param("x", world.section()).update());
        assertThat(told(3_500)).as("withdrawn").containsExactly("billing.material.refused.course");
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
        assertThat(family.get("/consent/" + in + "/copy").body()).as("the child's copy tells it").contains("同意的材料费：陶泥");
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
