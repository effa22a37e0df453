package afterbell.term.programme;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
class PlanScreensIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Programme programme;

    @Autowired
    afterbell.base.schools.Schools schools;

    @Autowired
    Roster roster;

    @Test
    @Req({"R62", "C13"})
    void a_club_above_the_cap_asks_for_a_reason_and_is_taken_with_one() {
        UUID school = given.school();
        UUID term = terms.term(school);
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        String club = "term=" + term + "&name=" + Visitor.encode("大合唱") + "&gradeFrom=3&gradeUntil=5&capacity=45&kind=club";
        office.get("/programme/sections/new");
        HttpResponse<String> refused = office.postRaw("/programme/sections", club);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("大合唱").contains("45");
        assertThat(given.in(school, () -> programme.sections(school, term))).isEmpty();
        office.get("/programme/sections/new");
        assertThat(office.postRaw("/programme/sections", club + "&capacityReason=" + Visitor.encode("舞台排练需要")).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> programme.sections(school, term))).singleElement().satisfies(s -> assertThat(s.capacityReason()).isEqualTo("舞台排练需要"));
    }

    @Test
    @Req({"R22", "R35"})
    void own_class_is_made_for_all_in_one_act_and_a_cell_holds_several_contents() {
        UUID school = given.school();
        UUID term = terms.term(school);
        terms.schoolClass(school, 3, 1);
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get("/programme").statusCode()).isEqualTo(200);
        office.get("/programme/own-class");
        assertThat(office.postRaw("/programme/own-class", "term=" + term + "&content=" + Visitor.encode("作业辅导")).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> programme.cells(school, term))).hasSize(10);
        assertThat(given.in(school, () -> programme.duties(school, term))).hasSize(10);
        UUID slot = terms.slot(term, DayOfWeek.TUESDAY, 2);
        String form = "term=" + term + "&gradeFrom=7&gradeUntil=8&days=2&days=4&text=" + Visitor.encode("走班课程") + "&form=choice&layer=extension&text=" + Visitor.encode("社团活动") + "&form=choice&layer=extension";
        assertThat(office.postRaw("/programme/cells/" + slot, form).statusCode()).isEqualTo(303);
        List<Cell> cells = given.in(school, () -> programme.cells(school, term));
        assertThat(CellPolicy.of(cells, slot, 7)).extracting(CellPolicy.Content::text).containsExactly("走班课程", "社团活动");
        assertThat(CellPolicy.of(cells, slot, 6)).extracting(CellPolicy.Content::text).containsExactly("作业辅导");
        assertThat(CellPolicy.of(cells, terms.slot(term, DayOfWeek.THURSDAY, 2), 8)).hasSize(2);
        assertThat(office.postRaw("/programme/cells/" + slot, "term=" + term + "&gradeFrom=9&gradeUntil=2&days=2&text=x").statusCode()).isEqualTo(422);
        assertThat(office.get("/programme/cells/" + UUID.randomUUID() + "?term=" + term).statusCode()).isEqualTo(404);
    }

    @Test
    @Req({"R33", "R43"})
    void publishing_refuses_with_what_is_wrong_and_a_school_without_choice_publishes_without_a_menu() {
        UUID school = given.school();
        UUID term = terms.term(school);
        terms.schoolClass(school, 3, 1);
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        office.get("/programme/publication");
        HttpResponse<String> refused = office.postRaw("/programme/publication", "term=" + term);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("课表还是空的");
        office.get("/programme/own-class");
        office.postRaw("/programme/own-class", "term=" + term + "&content=" + Visitor.encode("作业辅导"));
        office.get("/programme/publication");
        assertThat(office.postRaw("/programme/publication", "term=" + term).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> programme.publishedAt(school, term))).isPresent();
    }

    @Test
    @Req({"R62", "R42"})
    void wrong_grades_and_sizes_are_refused_with_the_typing_kept_and_a_whole_section_becomes_a_draft() {
        UUID school = given.school();
        UUID term = terms.term(school);
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        office.get("/programme/sections/new");
        HttpResponse<String> refused = office.postRaw("/programme/sections", "term=" + term + "&name=" + Visitor.encode("围棋入门") + "&gradeFrom=5&gradeUntil=3&capacity=abc");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("围棋入门");
        assertThat(office.postRaw("/programme/sections", "term=" + term + "&name=" + Visitor.encode("围棋入门") + "&gradeFrom=3&gradeUntil=5&minSize=8&capacity=20&kind=club").statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> programme.sections(school, term))).singleElement().satisfies(s -> assertThat(s.state()).isEqualTo(Section.State.DRAFT));
    }

    @Test
    @Req("R33")
    void everybody_reads_the_published_menu_by_the_school_s_code_and_no_draft() {
        UUID school = given.school();
        UUID term = terms.term(school);
        terms.section(school, term, terms.club("S01", terms.slot(term, DayOfWeek.MONDAY, 2)));
        String code = given.in(school, () -> schools.get(school).code());
        assertThat(visitors.stranger().get("/schools/" + code + "/menu").body()).contains("菜单还没有公布");
        given.in(school, () -> {
            programme.release(school, term, null);
            return true;
        });
        HttpResponse<String> menu = visitors.stranger().get("/schools/" + code + "/menu");
        assertThat(menu.statusCode()).isEqualTo(200);
        assertThat(menu.body()).contains("社团S01").doesNotContain("¥");
        assertThat(visitors.stranger().get("/schools/no-such-school/menu").statusCode()).isEqualTo(404);
    }

    @Test
    @Req({"R33", "R43", "R42"})
    void the_public_menu_names_its_teachers_once_it_is_public_filters_by_grade_and_day_and_prints() {
        UUID school = given.school();
        UUID term = terms.term(school);
        UUID section = terms.section(school, term, terms.club("S01", terms.slot(term, DayOfWeek.MONDAY, 2)).grades(3, 4));
        UUID teacher = UUID.randomUUID();
        given.in(school, () -> {
            roster.addStaff(school, List.of(new StaffMember(teacher, null, "T9", "苏老师", "sls", "teacher", "体育")));
            Section s = programme.sections(school, term).getFirst();
            programme.putSections(school, List.of(new Section(
                    section, s.offering(), term, s.code(), s.name(), s.kind(), 3, 4, 1, 20, "", null, null, s.state(), false, "", s.slots(), List.of(teacher))));
            return true;
        });
        String code = given.in(school, () -> schools.get(school).code());
        Visitor anybody = visitors.stranger();
        assertThat(anybody.get("/schools/" + code + "/menu").body()).doesNotContain("苏老师");
        assertThat(anybody.get("/schools/" + code + "/menu.pdf").statusCode()).isEqualTo(404);
        given.in(school, () -> {
            programme.release(school, term, null);
            return true;
        });
        assertThat(anybody.get("/schools/" + code + "/menu").body()).contains("苏老师").contains("社团S01");
        assertThat(anybody.get("/schools/" + code + "/menu?grade=3&day=1").body()).contains("社团S01");
        assertThat(anybody.get("/schools/" + code + "/menu?grade=9").body()).doesNotContain("社团S01");
        assertThat(anybody.get("/schools/" + code + "/menu?day=2").body()).doesNotContain("社团S01");
        assertThat(anybody.get("/schools/" + code + "/menu?grade=x&day=99").statusCode()).isEqualTo(200);
        assertThat(anybody.get("/schools/" + code + "/menu.pdf").body()).startsWith("%PDF");
        assertThat(anybody.get("/schools/" + code + "/menu.xlsx").body()).startsWith("PK");
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        office.get("/programme/sections/" + section);
        assertThat(office.postRaw("/programme/sections/" + section + "/picture", "").statusCode()).isEqualTo(422);
        assertThat(anybody.get("/schools/" + code + "/menu/pictures/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    }

    @Test
    @Req("R29")
    void the_term_page_says_what_is_late_and_in_which_class_to_those_who_lead() {
        UUID school = given.school();
        UUID term = terms.term(school, 2025);
        UUID klass = terms.schoolClass(school, 3, 1);
        given.in(school, () -> {
            programme.putDuties(school, List.of(new OwnClassDuty(term, klass, terms.slot(term, DayOfWeek.MONDAY, 1), null, null, null)));
            return true;
        });
        String page = visitors.signedIn(given.staff(school, Role.OFFICE)).get("/calendar").body();
        assertThat(page).contains("项过了日子还没完成").contains("3年级1班 (1)").contains("/programme/publication");
        given.in(school, () -> {
            programme.release(school, term, null);
            return true;
        });
        assertThat(visitors.signedIn(given.staff(school, Role.OFFICE)).get("/calendar").body()).doesNotContain("href=\"/programme/publication\"");
        assertThat(visitors.signedIn(given.staff(school, Role.SERVICE_TEACHER)).get("/calendar").body()).doesNotContain("3年级1班 (1)");
    }

    @Test
    void a_teacher_reads_the_plan_and_may_not_change_it() {
        UUID school = given.school();
        UUID term = terms.term(school);
        Visitor teacher = visitors.signedIn(given.staff(school, Role.SERVICE_TEACHER));
        assertThat(teacher.get("/programme").statusCode()).isEqualTo(200);
        assertThat(teacher.get("/programme/duties").statusCode()).isEqualTo(200);
        assertThat(teacher.get("/programme/publication").statusCode()).isEqualTo(403);
        assertThat(teacher.postRaw("/programme/own-class", "term=" + term + "&content=x").statusCode()).isEqualTo(403);
    }
}
