package afterbell.base.roster.standings;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class PeopleScreensIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Roster roster;

    @Autowired
    JdbcClient sql;

    private UUID school;

    @BeforeEach
    void aSchoolWithTwoChildren() {
        school = given.school();
        given.in(school, () -> {
            UUID home = UUID.randomUUID();
            roster.addClasses(school, List.of(new SchoolClass(home, 2026, 3, 2, "三(2)班", null)));
            roster.addPupils(school, List.of(new Roster.NewPupil(UUID.randomUUID(), home, "张晓明", "M", null, "zxm", null), new Roster.NewPupil(UUID.randomUUID(), home, "李娜", "F", null, "ln", null)));
            return true;
        });
    }

    private static String seen(Visitor visitor, String path) {
        HttpResponse<String> page = visitor.get(path);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        assertThat(page.body()).as(path).doesNotContain("?roster.", "?face.");
        return page.body();
    }

    @Test
    void a_child_is_found_by_the_first_sounds_of_its_name() {
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(seen(office, "/pupils")).contains("张晓明", "李娜");
        assertThat(seen(office, "/pupils?q=zxm")).contains("张晓明").doesNotContain("李娜");
        assertThat(seen(office, "/pupils?q=%27%25_&class=x&page=99")).doesNotContain("张晓明");
        assertThat(office.get("/pupils.xlsx?q=zxm").statusCode()).isEqualTo(200);
        assertThat(visitors.signedIn(given.staff(school, Role.GUARD)).get("/pupils").statusCode()).isEqualTo(403);
    }

    @Test
    @Req("R63")
    void a_standing_counts_only_after_another_person_has_confirmed_it() {
        String first = given.staff(school, Role.OFFICE);
        Visitor clerk = visitors.signedIn(first);
        Visitor head = visitors.signedIn(given.staff(school, Role.PRINCIPAL));
        UUID standing = UUID.randomUUID();
        given.in(school, () -> sql.sql("""
                insert into roster.standing (school_id, standing_id, pupil_id, category, valid_from, entered_by)
                select :s, :id, p.pupil_id, 'low-income', date '2026-09-01', a.account_id from roster.pub_pupil p, identity.account a where p.school_id = :s and p.name = '李娜' and a.user_name = :u
                """)
                .param("s", school)
                .param("id", standing)
                .param("u", first)
                .update());
        assertThat(seen(clerk, "/standings")).contains("李娜", "请另一位同事复核");
        assertThat(clerk.post("/standings/confirmations", Map.of("row", standing.toString())).statusCode()).isEqualTo(422);
        assertThat(counting()).isZero();
        assertThat(seen(head, "/standings")).as("nobody confirms what was not looked at").doesNotContain(" checked");
        assertThat(head.post("/standings/confirmations", Map.of("row", standing.toString())).statusCode()).isEqualTo(303);
        assertThat(counting()).isEqualTo(1);
        assertThat(seen(head, "/standings")).contains("已生效 1 条");
        assertThat(head.post("/standings/ends", Map.of("standing", standing.toString())).statusCode()).isEqualTo(303);
        assertThat(counting()).isZero();
        assertThat(head.post("/standings/ends", Map.of("standing", UUID.randomUUID().toString())).statusCode()).isEqualTo(404);
        assertThat(visitors.signedIn(given.staff(school, Role.SERVICE_TEACHER)).get("/standings").statusCode()).isEqualTo(403);
    }

    private long counting() {
        return given.in(school, () -> sql.sql("select count(*) from roster.pub_standing where school_id = :s").param("s", school).query(Long.class).single());
    }
}
