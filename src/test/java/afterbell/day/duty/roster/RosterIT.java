package afterbell.day.duty.roster;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.rules.Rule;
import afterbell.base.rules.RuleTable;
import afterbell.base.rules.Rules;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.Screen;
import afterbell.day.duty.Day;
import afterbell.day.duty.Duties;
import afterbell.day.duty.Line;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import afterbell.testing.GivenDuty;
import afterbell.testing.GivenDuty.Member;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class RosterIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenDuty duty;

    @Autowired
    Duties duties;

    @Autowired
    Rules rules;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    UUID school;
    LocalDate monday;
    UUID gate;
    UUID fencing;
    Visitor office;
    List<Member> offices = new ArrayList<>();
    List<Member> teachers = new ArrayList<>();

    @BeforeEach
    void a_school_with_a_gate_a_club_led_from_outside_and_people() {
        school = given.school();
        monday = LocalDate.ofInstant(clock.instant(), Screen.ZONE).with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        UUID term = duty.term(school, monday);
        terms.schoolClass(school, 3, 2);
        gate = duty.gate(school, "南门");
        offices.clear();
        teachers.clear();
        for (int i = 0; i < 3; i++) offices.add(duty.member(school, "office"));
        for (int i = 0; i < 6; i++) teachers.add(duty.member(school, "teacher"));
        duty.member(school, "guard");
        fencing = duty.club(school, term, "击剑", null, List.of(terms.slot(term, DayOfWeek.TUESDAY, 1)), duty.member(school, "outside"));
        duty.fill(school, term);
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
    }

    private Map<String, String> week() {
        return new HashMap<>(Map.of("_key", UUID.randomUUID().toString(), "week", monday.toString()));
    }

    private Day day(int n) {
        return given.in(school, () -> duties.day(school, monday.plusDays(n)));
    }

    private List<String> drafts() {
        return given.in(school, () -> sql.sql("select day || kind || coalesce(ref_id::text, '') || staff_id from duty.post where school_id = :s and not published order by 1").param("s", school).query(String.class).list());
    }

    @Test
    @Req({"R7", "R8", "R70"})
    void a_week_is_drawn_by_turns_answers_for_nothing_as_a_draft_and_stands_once_published() {
        String empty = office.get("/duty/roster?week=" + monday).body();
        assertThat(empty).contains("按轮值排这一周").contains("空缺").contains("带班领导").contains("南门").contains("击剑");
        assertThat(office.post("/duty/roster/drafts", week()).statusCode()).isEqualTo(303);
        assertThat(day(0).leader()).isEmpty();
        List<String> first = drafts();
        assertThat(first).isNotEmpty();
        assertThat(office.post("/duty/roster/drafts", week()).statusCode()).isEqualTo(303);
        assertThat(drafts()).as("the same week drawn again").isEqualTo(first);
        assertThat(office.get("/duty/roster?week=" + monday).body()).contains("草稿").contains("公布并通知");

        assertThat(office.post("/duty/roster/publications", week()).statusCode()).isEqualTo(303);
        List<UUID> leaders = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Day d = day(i);
            assertThat(d.leader()).isPresent();
            leaders.add(d.leader().get());
            assertThat(d.at(new PostKey(PostKind.GATE, gate))).isPresent();
            assertThat(d.at(PostKey.LATE)).isPresent();
            assertThat(d.at(PostKey.admin(1))).as("R69: below 500 one more").isPresent();
            assertThat(d.at(PostKey.admin(1))).isNotEqualTo(d.leader());
        }
        assertThat(leaders).as("turns").containsOnlyElementsOf(offices.stream().map(Member::staff).toList());
        assertThat(offices).allMatch(m -> leaders.contains(m.staff()));
        PostKey led = new PostKey(PostKind.SESSION, duty.session(school, fencing, monday.plusDays(1), 1));
        assertThat(day(1).at(led)).as("a school teacher on post where somebody from outside teaches").isPresent().get().isIn(teachers.stream().map(Member::staff).toList());

        Member leader = offices.stream().filter(m -> m.staff().equals(leaders.getFirst())).findFirst().orElseThrow();
        assertThat(visitors.signedIn(leader.user()).get("/duty").body()).contains("带班领导");
        assertThat(visitors.signedIn(leader.user()).get("/inbox").body()).contains("值班表已公布");
        assertThat(office.post("/duty/roster/publications", week()).statusCode()).as("nothing is left to publish").isEqualTo(422);
        assertThat(office.post("/duty/roster/drafts", week()).statusCode()).isEqualTo(303);
        assertThat(drafts()).as("published posts are left alone").isEmpty();
    }

    @Test
    @Req("R69")
    void administrators_are_counted_by_the_rules() {
        RuleTable table = given.in(school, () -> rules.value(school, monday, Rule.DUTY_EXTRA_ADMINISTRATORS));
        assertThat(RatioPolicy.administrators(table, 0, 0)).isEqualTo(1);
        assertThat(RatioPolicy.administrators(table, 499, 4)).isEqualTo(1);
        assertThat(RatioPolicy.administrators(table, 500, 4)).isEqualTo(2);
        assertThat(RatioPolicy.administrators(table, 1000, 4)).isEqualTo(2);
        assertThat(RatioPolicy.administrators(table, 1001, 4)).isEqualTo(4);
        assertThat(RatioPolicy.teachers(45, 45)).isEqualTo(1);
        assertThat(RatioPolicy.teachers(46, 45)).isEqualTo(2);
    }

    @Test
    @Req("R7")
    void who_takes_turns_is_the_schools_choice_and_nobody_from_outside() {
        String page = office.get("/duty/turns").body();
        assertThat(page).contains(offices.getFirst().name());
        UUID room = duty.room(school, "阅览室", false);
        String body = "_key=" + UUID.randomUUID() + "&leader=" + offices.getFirst().staff() + "&lateRoom=" + room + "&turn-leader=" + teachers.getFirst().staff() + "&turn-gate=" + teachers.get(1).staff();
        assertThat(office.postRaw("/duty/turns", body).statusCode()).isEqualTo(303);
        assertThat(day(0).lateRoom()).isEqualTo(room);
        assertThat(day(0).leader()).contains(offices.getFirst().staff());
        office.post("/duty/roster/drafts", week());
        office.post("/duty/roster/publications", week());
        for (int i = 0; i < 5; i++) assertThat(day(i).leader()).contains(teachers.getFirst().staff());
        assertThat(office.postRaw("/duty/turns", "_key=" + UUID.randomUUID() + "&leader=" + UUID.randomUUID()).statusCode()).isEqualTo(422);
        assertThat(visitors.signedIn(teachers.getFirst().user()).get("/duty/turns").statusCode()).isEqualTo(403);
        Line line = given.in(school, () -> duties.lines(school, monday, monday)).getFirst();
        assertThat(line.post().key()).isEqualTo(PostKey.LEADER);
    }
}
