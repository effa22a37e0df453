package afterbell.base.roster.roles;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
@Req("R6")
class RolesIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Roster roster;

    @Autowired
    Ids ids;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Autowired
    GivenTerm terms;

    UUID school;
    UUID staff;
    Visitor office;

    @BeforeEach
    void an_office_and_a_teacher_without_account() {
        school = given.school();
        staff = ids.next();
        given.in(school, () -> {
            roster.addStaff(school, List.of(new StaffMember(staff, null, "T01", "\u5218\u8001\u5e08", "lls", "teacher", "")));
            return true;
        });
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
    }

    @Test
    void an_invited_teacher_comes_in_by_one_link_with_the_roles_that_the_lists_know() {
        UUID klass = family.schoolClass(school);
        given.in(school, () -> {
            roster.putClassTeacher(school, klass, staff, false);
            return true;
        });
        office.get("/roles/" + staff);
        assertThat(office.post("/roles/" + staff + "/invitations", Map.of()).statusCode()).isEqualTo(303);
        Matcher link = Pattern.compile("/e/[0-9A-Z]{16}").matcher(office.get("/roles/" + staff).body());
        assertThat(link.find()).isTrue();
        Visitor teacher = visitors.stranger();
        assertThat(teacher.get(link.group()).body()).contains("\u5218\u8001\u5e08");
        assertThat(teacher.post(link.group(), Map.of()).statusCode()).isEqualTo(303);
        assertThat(teacher.get("/families/" + klass).statusCode()).isEqualTo(200);
        assertThat(teacher.get("/roles").statusCode()).isEqualTo(403);
        assertThat(visitors.stranger().get(link.group()).statusCode()).isEqualTo(410);
    }

    @Test
    void several_roles_are_given_and_taken_one_by_one() {
        UUID klass = family.schoolClass(school);
        grant(staff, Map.of("role", "GRADE_HEAD", "grade", "3"));
        grant(staff, Map.of("role", "CLASS_TEACHER", "klass", klass.toString()));
        grant(staff, Map.of("role", "DUTY_LEADER"));
        grant(staff, Map.of("role", "DUTY_LEADER"));
        assertThat(roles()).contains("GRADE_HEAD", "CLASS_TEACHER", "DUTY_LEADER", "SERVICE_TEACHER").hasSize(5);
        assertThat(given.in(school, () -> sql.sql("select count(*) from roster.class_teacher where school_id = :s and staff_id = :t").param("s", school).param("t", staff).query(Long.class).single())).isOne();
        office.get("/roles/" + staff);
        assertThat(office.post("/roles/" + staff + "/revocations", Map.of("role", "CLASS_TEACHER", "klass", klass.toString())).statusCode()).isEqualTo(303);
        assertThat(roles()).doesNotContain("CLASS_TEACHER").contains("GRADE_HEAD");
        assertThat(given.in(school, () -> sql.sql("select count(*) from roster.class_teacher where school_id = :s and staff_id = :t").param("s", school).param("t", staff).query(Long.class).single())).isZero();
        assertThat(given.in(school, () -> sql.sql("select count(*) from audit.entry where school_id = :s and action like 'roster.role_%'").param("s", school).query(Long.class).single())).isEqualTo(5);
    }

    @Test
    void a_role_without_its_scope_and_a_family_role_are_refused() {
        office.get("/roles/" + staff);
        assertThat(office.post("/roles/" + staff + "/grants", Map.of("role", "CLASS_TEACHER")).statusCode()).isEqualTo(422);
        assertThat(office.post("/roles/" + staff + "/grants", Map.of("role", "GRADE_HEAD", "grade", "12")).statusCode()).isEqualTo(422);
        assertThat(office.post("/roles/" + staff + "/grants", Map.of("role", "GUARDIAN")).statusCode()).isEqualTo(422);
        assertThat(office.post("/roles/" + staff + "/grants", Map.of("role", "BUREAU")).statusCode()).isEqualTo(422);
        UUID elsewhere = family.schoolClass(given.school());
        assertThat(office.post("/roles/" + staff + "/grants", Map.of("role", "CLASS_TEACHER", "klass", elsewhere.toString())).statusCode()).isEqualTo(422);
        assertThat(office.get("/roles/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    }

    @Test
    void nobody_takes_the_own_office_role_away() {
        UUID me = offices().getFirst();
        given.staff(school, Role.OFFICE);
        office.get("/roles/" + me);
        HttpResponse<String> refused = office.post("/roles/" + me + "/revocations", Map.of("role", "OFFICE"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(offices()).hasSize(2);
    }

    @Test
    void two_who_take_the_office_from_each_other_at_once_leave_one() throws Exception {
        Visitor other = visitors.signedIn(given.staff(school, Role.OFFICE));
        List<UUID> both = offices();
        office.get("/roles/" + both.get(0));
        other.get("/roles/" + both.get(1));
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> acts = List.of(
                    () -> office.post("/roles/" + both.get(1) + "/revocations", Map.of("role", "OFFICE")).statusCode(),
                    () -> other.post("/roles/" + both.get(0) + "/revocations", Map.of("role", "OFFICE")).statusCode());
            all.invokeAll(acts);
        }
        assertThat(offices()).hasSize(1);
    }

    /** The scope of a section is kept where the plan is: the page of a person gives and takes it, and the rules of the plan hold. */
    @Test
    void the_lead_of_a_section_is_given_and_taken_and_a_published_club_keeps_somebody_who_leads_it() {
        UUID term = terms.term(school);
        UUID slot = terms.slot(term, DayOfWeek.MONDAY, 1);
        UUID other = ids.next();
        given.in(school, () -> {
            roster.addStaff(school, List.of(new StaffMember(other, null, "T02", "\u738b\u8001\u5e08", "wls", "teacher", "")));
            return true;
        });
        UUID chess = terms.section(school, term, terms.club("K1", slot));
        given.in(school, () -> sql.sql("insert into programme.section_teacher (school_id, section_id, staff_id, main) values (:s, :x, :t, true)").param("s", school).param("x", chess).param("t", other).update());
        assertThat(office.get("/roles/" + staff).body()).contains("K1 ", "\u8fd9\u5b66\u671f\u8fd8\u6ca1\u6709\u5e26\u793e\u56e2");
        String way = "/roles/" + staff + "/sections";
        assertThat(office.post(way, Map.of("section", "nonsense")).statusCode()).isEqualTo(422);
        assertThat(office.post(way, Map.of("section", ids.next().toString())).statusCode()).isEqualTo(404);
        HttpResponse<String> first = office.post(way, Map.of("section", chess.toString()));
        assertThat(first.statusCode()).as(first.body()).isEqualTo(303);
        assertThat(office.post(way, Map.of("section", chess.toString())).statusCode()).as("again changes nothing").isEqualTo(303);
        assertThat(leads(chess)).containsExactly(other, staff);
        assertThat(roles()).contains("SERVICE_TEACHER");
        assertThat(office.post("/roles/" + other + "/sections/" + chess + "/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(leads(chess)).containsExactly(staff);
        HttpResponse<String> last = office.post(way + "/" + chess + "/removal", Map.of());
        assertThat(last.statusCode()).isEqualTo(422);
        assertThat(last.body()).contains("\u8981\u6709\u4eba\u5e26");
        assertThat(leads(chess)).containsExactly(staff);
        Visitor elsewhere = visitors.signedIn(given.staff(given.school(), Role.OFFICE));
        elsewhere.get("/roles");
        assertThat(elsewhere.post(way, Map.of("section", chess.toString())).statusCode()).isEqualTo(404);
    }

    private List<UUID> leads(UUID section) {
        return given.in(school, () -> sql.sql("select staff_id from programme.section_teacher where school_id = :s and section_id = :x order by main desc, staff_id").param("s", school).param("x", section).query(UUID.class).list());
    }

    private void grant(UUID key, Map<String, String> form) {
        office.get("/roles/" + key);
        assertThat(office.post("/roles/" + key + "/grants", form).statusCode()).isEqualTo(303);
    }

    private List<String> roles() {
        return given.in(school, () -> sql.sql("select role from identity.pub_grant where school_id = :s").param("s", school).query(String.class).list());
    }

    private List<UUID> offices() {
        return given.in(school, () -> sql.sql("select account_id from identity.pub_grant where school_id = :s and role = 'OFFICE' order by granted_at").param("s", school).query(UUID.class).list());
    }
}
