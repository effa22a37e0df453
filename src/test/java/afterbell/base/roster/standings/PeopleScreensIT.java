package afterbell.base.roster.standings;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.importing.FileImport;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
    FileImport files;

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

    @Test
    @Req("R63")
    void a_list_touches_those_categories_alone_that_it_names_and_that_differ() {
        Visitor head = visitors.signedIn(given.staff(school, Role.PRINCIPAL));
        take("姓名,班级,认定类别,起始日期,有效期至,证明材料\n李娜,三2,低保,2026-09-01,2027-08-31,民政1号\n", 1);
        confirmAll(head);
        assertThat(inForce()).containsExactly("low-income 2026-09-01 2027-08-31");

        String another = "姓名,班级,认定类别,起始日期,有效期至,证明材料\n李娜,三2,留守,2026-10-01,2026-12-31,村委2号\n";
        take(another, 1);
        assertThat(inForce()).as("what was confirmed stays as it was").containsExactly("low-income 2026-09-01 2027-08-31");
        assertThat(waiting()).containsExactly("left-behind 2026-10-01 2026-12-31");
        confirmAll(head);
        take(another, 0);
        take("姓名,班级,认定类别\n李娜,三2,低保、留守\n", 0);
        assertThat(inForce()).containsExactly("left-behind 2026-10-01 2026-12-31", "low-income 2026-09-01 2027-08-31");

        take("姓名,班级,认定类别,有效期至\n李娜,三2,低保,2028-08-31\n", 1);
        assertThat(waiting()).as("other days are looked at anew").containsExactly("low-income 2026-09-01 2028-08-31");
        assertThat(inForce()).containsExactly("left-behind 2026-10-01 2026-12-31");
    }

    @Test
    @Req("R63")
    void a_category_that_ends_before_it_begins_is_refused_and_nothing_is_saved() {
        take("姓名,班级,认定类别,起始日期\n李娜,三2,低保,2026-09-01\n", 1);
        Outcome<FileImport.Report> early = run("姓名,班级,认定类别,有效期至\n李娜,三2,低保,2026-01-01\n");
        assertThat(early).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.refusals().toString()).contains("ends_early", "李娜"));
        assertThat(waiting()).containsExactly("low-income 2026-09-01 null");
    }

    private void take(String csv, int changes) {
        assertThat(run(csv)).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            FileImport.Report report = (FileImport.Report) done.value();
            assertThat(report.bad()).isEmpty();
            assertThat(report.changed()).isEqualTo(changes);
            assertThat(report.same()).isEqualTo(1 - changes);
        });
    }

    private Outcome<FileImport.Report> run(String csv) {
        return Scopes.within(Scope.school(school, null), () -> files.run(school, "standings", "a.csv", csv.getBytes(StandardCharsets.UTF_8), true));
    }

    private void confirmAll(Visitor head) {
        for (UUID standing : given.in(school, () -> sql.sql("select standing_id from roster.standing where school_id = :s and confirmed_by is null and ended_by is null").param("s", school).query(UUID.class).list()))
            assertThat(head.post("/standings/confirmations", Map.of("row", standing.toString())).statusCode()).isEqualTo(303);
    }

    private List<String> inForce() {
        return lines("select category || ' ' || valid_from || ' ' || coalesce(valid_to::text, 'null') from roster.pub_standing where school_id = :s order by 1");
    }

    private List<String> waiting() {
        return lines("select category || ' ' || valid_from || ' ' || coalesce(valid_to::text, 'null') from roster.standing where school_id = :s and entered_by is not null and confirmed_by is null and ended_by is null order by 1");
    }

    private List<String> lines(String query) {
        return given.in(school, () -> sql.sql(query).param("s", school).query(String.class).list());
    }

    private long counting() {
        return given.in(school, () -> sql.sql("select count(*) from roster.pub_standing where school_id = :s").param("s", school).query(Long.class).single());
    }
}
