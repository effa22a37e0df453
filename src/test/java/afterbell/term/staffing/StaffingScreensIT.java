package afterbell.term.staffing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class StaffingScreensIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    Roster roster;

    @Autowired
    Staffing staffing;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Autowired
    Ids ids;

    private UUID school;
    private UUID term;
    private UUID teacher;
    private UUID coach;
    private Visitor office;

    @BeforeEach
    void aSchoolWithACoach() {
        school = given.school();
        term = terms.term(school);
        teacher = ids.next();
        coach = ids.next();
        given.in(school, () -> {
            roster.addStaff(school, List.of(new StaffMember(teacher, null, "T1", "林老师", "lls", "teacher", "音乐"), new StaffMember(coach, null, "W1", "马教练", "mjl", "outside", "轮滑")));
            return true;
        });
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
    }

    private UUID provider(String name) {
        office.get("/staffing/providers/new");
        HttpResponse<String> made = office.postRaw("/staffing/providers", "name=" + Visitor.encode(name) + "&kind=institution&chosenBy=tender&contact=x&phone=13800000000");
        assertThat(made.statusCode()).isEqualTo(303);
        return given.in(school, () -> staffing.providers(school)).stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow().id();
    }

    @Test
    @Req("R71")
    void what_somebody_can_teach_and_when_is_found_by_talent_and_by_day() {
        office.get("/staffing/people/" + teacher);
        String form = "what=" + Visitor.encode("合唱") + "&domain=arts&from=3&until=6&what=" + Visitor.encode("口风琴") + "&domain=&from=1&until=2&what=&domain=&from=1&until=12&from2=16:00&until2=17:30";
        assertThat(office.postRaw("/staffing/people/" + teacher, form).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> staffing.talents(school))).extracting(Talent::what).containsExactlyInAnyOrder("合唱", "口风琴");
        assertThat(office.get("/staffing?q=" + Visitor.encode("合唱")).body()).contains("林老师").doesNotContain("马教练");
        assertThat(office.get("/staffing?day=2").body()).contains("林老师");
        assertThat(office.get("/staffing?day=3").body()).doesNotContain("林老师").contains("马教练");
        assertThat(office.get("/staffing?q=lls").body()).contains("林老师");
        office.get("/staffing/people/" + teacher);
        assertThat(office.postRaw("/staffing/people/" + teacher, "what=" + Visitor.encode("合唱") + "&domain=arts&from=3&until=6").statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> staffing.talents(school))).hasSize(1);
        assertThat(given.in(school, () -> staffing.availabilities(school))).isEmpty();
    }

    @Test
    void wrong_grades_and_times_are_said_and_the_typing_stays() {
        office.get("/staffing/people/" + teacher);
        HttpResponse<String> no = office.postRaw("/staffing/people/" + teacher, "what=" + Visitor.encode("武术") + "&domain=sport&from=6&until=3&from1=18:00&until1=16:00");
        assertThat(no.statusCode()).isEqualTo(422);
        assertThat(no.body()).contains("武术").contains("起始年级不能高于结束年级").contains("18:00");
        assertThat(given.in(school, () -> staffing.talents(school))).isEmpty();
        assertThat(office.get("/staffing/people/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    }

    @Test
    @Req({"C12", "R72"})
    void a_coach_without_valid_checks_is_not_given_a_section_and_with_them_is() {
        UUID provider = provider("晓晓轮滑社");
        office.get("/staffing/people/" + coach);
        assertThat(office.postRaw("/staffing/people/" + coach, "what=&domain=&from=1&until=12&provider=" + provider).statusCode()).isEqualTo(303);
        String section = "term=" + term + "&name=" + Visitor.encode("轮滑") + "&gradeFrom=1&gradeUntil=9&capacity=20&kind=club&teacher=" + Visitor.encode("马教练");
        office.get("/programme/sections/new");
        HttpResponse<String> refused = office.postRaw("/programme/sections", section);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("审核材料在开课那天不齐");
        for (String kind : List.of("qualification", "background")) {
            office.get("/staffing/checks/new?staff=" + coach);
            assertThat(office.postRaw("/staffing/checks", "staff=" + coach + "&kind=" + kind + "&from=2026-01-01&until=2027-12-31").statusCode()).isEqualTo(303);
        }
        assertThat(office.get("/staffing/people/" + coach).body()).contains("2027").doesNotContain("不能带学生");
        office.get("/programme/sections/new");
        assertThat(office.postRaw("/programme/sections", section).statusCode()).isEqualTo(303);
        // A check that ends before clubs begin is as good as none.
        UUID check = given.in(school, () -> staffing.vettings(school)).stream().filter(v -> v.kind() == Vetting.Kind.BACKGROUND).findFirst().orElseThrow().id();
        office.get("/staffing/people/" + coach);
        assertThat(office.postRaw("/staffing/checks/" + check + "/removal", "").statusCode()).isEqualTo(303);
        office.get("/staffing/checks/new?staff=" + coach);
        office.postRaw("/staffing/checks", "staff=" + coach + "&kind=background&from=2025-01-01&until=2026-09-10");
        office.get("/programme/sections/new");
        assertThat(office.postRaw("/programme/sections", section).statusCode()).isEqualTo(422);
    }

    @Test
    @Req("C12")
    void a_check_says_what_is_wrong_and_a_providers_phone_stands_nowhere_in_the_clear() {
        UUID provider = provider("少年宫");
        office.get("/staffing/checks/new?provider=" + provider);
        HttpResponse<String> no = office.postRaw("/staffing/checks", "provider=" + provider + "&kind=agreement&from=2026-09-01&until=2026-08-01");
        assertThat(no.statusCode()).isEqualTo(422);
        assertThat(no.body()).contains("到期日不能早于起始日");
        assertThat(office.get("/staffing/checks/new?staff=" + teacher).statusCode()).isEqualTo(404);
        assertThat(office.get("/staffing/providers/" + provider).body()).contains("13800000000");
        assertThat(given.in(school, () -> sql.sql("select provider_note::text from staffing.provider_note where school_id = :s").param("s", school).query(String.class).list()))
                .hasSize(1)
                .allSatisfy(row -> assertThat(row).doesNotContain("13800000000"));
        office.get("/staffing/providers/new");
        assertThat(office.postRaw("/staffing/providers", "name=" + Visitor.encode("少年宫") + "&kind=volunteer&chosenBy=none").statusCode()).isEqualTo(422);
    }

    @Test
    void another_school_and_other_roles_see_nothing_of_it() {
        UUID provider = provider("本校的机构");
        Visitor stranger = visitors.signedIn(given.staff(given.school(), Role.OFFICE));
        assertThat(stranger.get("/staffing/providers/" + provider).statusCode()).isEqualTo(404);
        assertThat(stranger.get("/staffing/people/" + coach).statusCode()).isEqualTo(404);
        assertThat(visitors.signedIn(given.staff(school, Role.SERVICE_TEACHER)).get("/staffing").statusCode()).isEqualTo(403);
    }
}
