package afterbell.term.programme;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
class SurveyAndMembersIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    Programme programme;

    @Autowired
    java.time.Clock clock;

    @Autowired
    Visitor.Maker visitors;

    private UUID school;
    private UUID term;
    private Visitor office;
    private LocalDate today;

    @BeforeEach
    void aSchool() {
        school = given.school();
        term = terms.term(school);
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
        today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
    }

    private HttpResponse<String> ask(String items, LocalDate closes) {
        office.get("/programme/survey");
        return office.postRaw("/programme/survey", "items=" + Visitor.encode(items) + "&closes=" + closes);
    }

    private static String item(String page, String name) {
        Matcher option = Pattern.compile("name=\"items\" value=\"([0-9a-f-]{36})\"(?:(?!value=).)*?" + name, Pattern.DOTALL).matcher(page);
        assertThat(option.find()).as(name).isTrue();
        return option.group(1);
    }

    @Test
    @Req({"R29", "R33", "R39"})
    void families_tick_what_they_want_may_change_it_and_the_office_sees_numbers_alone() {
        assertThat(office.get("/programme/survey").body()).contains("合唱");
        assertThat(ask("合唱\n围棋\n轮滑", today.plusDays(3)).statusCode()).isEqualTo(303);
        UUID klass = terms.schoolClass(school, 3, 1);
        List<UUID> pupils = terms.pupils(school, klass, 2);
        Visitor one = visitors.signedIn(given.guardian(school, pupils.get(0)));
        Visitor other = visitors.signedIn(given.guardian(school, pupils.get(1)));
        assertThat(one.get("/").body()).contains("/children/" + pupils.get(0) + "/survey");
        String page = one.get("/children/" + pupils.get(0) + "/survey").body();
        String ticks = "items=" + item(page, "围棋") + "&items=" + item(page, "轮滑") + "&items=" + UUID.randomUUID() + "&missing=" + Visitor.encode("剑术");
        assertThat(one.postRaw("/children/" + pupils.get(0) + "/survey", ticks).statusCode()).isEqualTo(303);
        assertThat(one.get("/").body()).doesNotContain("/children/" + pupils.get(0) + "/survey");
        page = other.get("/children/" + pupils.get(1) + "/survey").body();
        assertThat(other.postRaw("/children/" + pupils.get(1) + "/survey", "items=" + item(page, "围棋")).statusCode()).isEqualTo(303);
        String result = office.get("/programme/survey").body();
        assertThat(result).contains("2 名学生中有 2 名填了").contains("剑术").doesNotContain("学生甲");
        assertThat(result).containsSubsequence("围棋", ">2<", "轮滑", ">1<", "合唱", ">0<");
        other.get("/children/" + pupils.get(1) + "/survey");
        assertThat(other.postRaw("/children/" + pupils.get(1) + "/survey", "missing=").statusCode()).isEqualTo(303);
        assertThat(office.get("/programme/survey").body()).containsSubsequence("围棋", ">1<").contains("2 名学生中有 2 名填了");
    }

    @Test
    void after_its_close_nothing_is_kept_and_a_stranger_finds_no_childs_survey() {
        assertThat(ask("合唱", today.plusDays(3)).statusCode()).isEqualTo(422);
        assertThat(ask("合唱\n围棋", today.minusDays(1)).statusCode()).isEqualTo(422);
        assertThat(ask("合唱\n围棋", today).statusCode()).isEqualTo(303);
        UUID klass = terms.schoolClass(school, 3, 1);
        List<UUID> pupils = terms.pupils(school, klass, 2);
        Visitor parent = visitors.signedIn(given.guardian(school, pupils.getFirst()));
        assertThat(parent.get("/children/" + pupils.get(1) + "/survey").statusCode()).isEqualTo(404);
        String page = parent.get("/children/" + pupils.getFirst() + "/survey").body();
        office.get("/programme/survey");
        assertThat(office.postRaw("/programme/survey/closing", "").statusCode()).isEqualTo(303);
        assertThat(parent.postRaw("/children/" + pupils.getFirst() + "/survey", "items=" + item(page, "围棋")).statusCode()).isEqualTo(422);
        assertThat(office.get("/programme/survey").body()).contains("调查已结束").contains("2 名学生中有 0 名填了");
    }

    @Test
    @Req({"R42", "R62"})
    void a_teams_members_are_counted_and_never_more_than_its_places() {
        UUID section = terms.section(school, term, terms.club("T01", terms.slot(term, DayOfWeek.MONDAY, 2)).grades(3, 4).size(1, 2).team());
        List<UUID> pupils = terms.pupils(school, terms.schoolClass(school, 3, 1), 3);
        UUID elder = terms.pupil(school, terms.schoolClass(school, 9, 1));
        String members = "/programme/sections/" + section + "/members";
        assertThat(office.get(members + "?q=" + Visitor.encode("三1")).body()).contains("学生甲");
        assertThat(office.postRaw(members, "q=x&pupil=" + pupils.get(0) + "&pupil=" + pupils.get(1)).statusCode()).isEqualTo(303);
        office.get(members);
        HttpResponse<String> full = office.postRaw(members, "q=&pupil=" + pupils.get(2));
        assertThat(full.statusCode()).isEqualTo(422);
        assertThat(full.body()).contains("会有 3 名成员，最多 2 名");
        office.get(members);
        assertThat(office.postRaw(members, "q=&pupil=" + elder).statusCode()).isEqualTo(422);
        office.get(members);
        assertThat(office.postRaw(members, "q=&pupil=" + UUID.randomUUID()).statusCode()).isEqualTo(404);
        office.get(members);
        assertThat(office.postRaw(members + "/" + pupils.get(0) + "/removal", "").statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> programme.fixedMembers(school, term))).singleElement().satisfies(m -> assertThat(m.pupil()).isEqualTo(pupils.get(1)));
        assertThat(visitors.signedIn(given.staff(given.school(), Role.OFFICE)).get(members).statusCode()).isEqualTo(404);
    }

    @Test
    @Req("R62")
    void where_others_may_wish_a_named_child_needs_a_reason_and_only_a_share_may_be_named() {
        UUID section = terms.section(school, term, terms.club("C01", terms.slot(term, DayOfWeek.MONDAY, 2)).size(1, 4));
        List<UUID> pupils = terms.pupils(school, terms.schoolClass(school, 3, 1), 4);
        String members = "/programme/sections/" + section + "/members";
        office.get(members);
        assertThat(office.postRaw(members, "q=&pupil=" + pupils.getFirst()).body()).contains("还没有写直录的理由");
        office.get(members);
        String all = String.join("", pupils.stream().map(p -> "&pupil=" + p).toList());
        assertThat(office.postRaw(members, "q=&reason=" + Visitor.encode("参赛") + all).statusCode()).isEqualTo(422);
        assertThat(given.in(school, () -> programme.fixedMembers(school, term))).isEmpty();
    }
}
