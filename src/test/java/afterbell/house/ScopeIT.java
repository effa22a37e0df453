package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.base.schools.Schools;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class ScopeIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Schools schools;

    @Autowired
    JdbcClient sql;

    @Autowired
    Visitor.Maker visitors;

    @Test
    void a_query_without_a_scope_raises_instead_of_returning_nothing() {
        given.school();
        assertThatThrownBy(() -> sql.sql("select count(*) from schools.room").query(Long.class).single()).rootCause().hasMessageContaining("no scope is open");
    }

    @Test
    void a_school_sees_itself_alone() {
        UUID a = given.school();
        UUID b = given.school();
        given.in(a, () -> schools.grades(b)).forEach(g -> org.assertj.core.api.Assertions.fail("saw a grade of another school"));
        assertThat(given.in(a, () -> schools.grades(a))).hasSize(9);
        assertThat(given.within(Scope.school(a, null), () -> schools.all())).hasSize(1);
    }

    @Test
    void a_person_signs_in_and_sees_the_first_page() {
        UUID school = given.school();
        String user = given.staff(school, Role.OFFICE);
        Visitor v = visitors.signedIn(user);
        assertThat(v.get("/").statusCode()).isEqualTo(200);
        assertThat(v.get("/no-such-page").statusCode()).isEqualTo(404);
        assertThat(visitors.stranger().post("/sign-out", java.util.Map.of()).statusCode()).isEqualTo(403);
    }
}
