package afterbell.base.roster.siblings;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.Consents;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
@Req("R90")
class SiblingsIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Accounts accounts;

    @Autowired
    Consents consents;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    UUID school;
    UUID one;
    UUID two;
    UUID cousin;
    UUID account;
    Visitor father;

    @BeforeEach
    void three_children_on_one_phone() {
        school = given.school();
        UUID klass = family.schoolClass(school);
        one = family.pupil(school, klass, "\u6797\u5c0f\u96e8");
        two = family.pupil(school, klass, "\u6797\u5c0f\u96ea");
        cousin = family.pupil(school, klass, "\u5468\u660e");
        String user = given.guardian(school, one);
        account = given.in(school, () -> sql.sql("select account_id from identity.role_grant where school_id = :s").param("s", school).query(UUID.class).single());
        for (UUID child : List.of(two, cousin))
            given.in(school, () -> {
                accounts.grant(account, new Wearer.Grant(Role.GUARDIAN, school, null, null, child, null), null);
                consents.decide(school, child, account, Consents.Decision.GIVEN, "test");
                return true;
            });
        father = visitors.signedIn(user);
    }

    @Test
    void a_family_says_who_is_brother_and_sister_and_is_asked_once() {
        assertThat(father.get("/").body()).contains("/siblings");
        assertThat(siblings()).isEmpty();
        father.get("/siblings");
        assertThat(father.postRaw("/siblings/" + school, "together=" + one + "&together=" + two).statusCode()).isEqualTo(303);
        assertThat(siblings()).containsExactlyInAnyOrder(one, two);
        assertThat(father.get("/").body()).doesNotContain("/siblings");
        // The last answer counts.
        father.get("/siblings");
        father.post("/siblings/" + school, Map.of());
        assertThat(siblings()).isEmpty();
        assertThat(father.get("/").body()).doesNotContain("/siblings");
    }

    @Test
    void one_ticked_child_is_a_question_and_another_familys_child_is_not_found() {
        father.get("/siblings");
        assertThat(father.post("/siblings/" + school, Map.of("together", one.toString())).statusCode()).isEqualTo(422);
        UUID stranger = family.pupil(school, family.schoolClass(school), "\u8d75\u516d");
        assertThat(father.postRaw("/siblings/" + school, "together=" + one + "&together=" + stranger).statusCode()).isEqualTo(404);
        assertThat(father.post("/siblings/" + UUID.randomUUID(), Map.of()).statusCode()).isEqualTo(404);
        assertThat(siblings()).isEmpty();
    }

    private List<UUID> siblings() {
        return given.in(school, () -> sql.sql("select pupil_id from roster.pub_sibling where school_id = :s").param("s", school).query(UUID.class).list());
    }
}
