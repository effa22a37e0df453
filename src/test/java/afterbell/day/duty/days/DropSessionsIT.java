package afterbell.day.duty.days;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.web.Screen;
import afterbell.testing.GivenDuty;
import afterbell.testing.GivenDuty.Member;
import afterbell.testing.GivenResult;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class DropSessionsIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenDuty duty;

    @Autowired
    GivenResult seats;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    UUID school;
    UUID term;
    LocalDate tuesday;
    Member helper;
    Member football;
    UUID outdoor;
    UUID athletics;
    UUID indoor;
    UUID klass;
    List<UUID> pupils;
    Visitor leader;

    @BeforeEach
    void two_clubs_outdoors_and_one_indoors() {
        school = given.school();
        tuesday = LocalDate.ofInstant(clock.instant(), Screen.ZONE).with(TemporalAdjusters.next(DayOfWeek.TUESDAY));
        term = duty.term(school, tuesday);
        klass = terms.schoolClass(school, 3, 2);
        pupils = terms.pupils(school, klass, 4);
        helper = duty.member(school, "teacher");
        football = duty.member(school, "teacher");
        UUID field = duty.room(school, "操场", true);
        UUID hall = duty.room(school, "体育馆", false);
        UUID slot = terms.slot(term, DayOfWeek.TUESDAY, 1);
        outdoor = duty.club(school, term, "足球", field, List.of(slot), football);
        athletics = duty.club(school, term, "田径", field, List.of(terms.slot(term, DayOfWeek.TUESDAY, 2)), football);
        indoor = duty.club(school, term, "乒乓球", hall, List.of(slot), helper);
        duty.ownClass(school, term, klass, helper);
        seats.seat(school, outdoor, 3, pupils.subList(0, 2), tuesday.minusWeeks(2));
        seats.seat(school, indoor, 3, pupils.subList(2, 3), tuesday.minusWeeks(2));
        duty.fill(school, term);
        leader = visitors.signedIn(given.staff(school, Role.DUTY_LEADER));
        leader.get("/duty/days/" + tuesday);
    }

    private Map<String, String> key(String... more) {
        Map<String, String> all = new HashMap<>(Map.of("_key", UUID.randomUUID().toString()));
        for (int i = 0; i < more.length; i += 2) all.put(more[i], more[i + 1]);
        return all;
    }

    private List<String> dropped() {
        return given.in(school, () -> sql.sql("select x.name from duty.pub_not_delivered n join programme.pub_section x using (school_id, section_id) where n.school_id = :s order by x.name").param("s", school).query(String.class).list());
    }

    private List<String> told(UUID account) {
        return given.within(Scope.school(school, account), () -> sql.sql("select n.text_zh from messaging.inbox i join messaging.notice n using (school_id, notice_id) where i.account_id = :a order by n.told_at, n.notice_id").param("a", account).query(String.class).list());
    }

    @Test
    @Req({"R26", "R144"})
    void rain_drops_all_outdoor_sessions_at_one_tap_and_everybody_concerned_is_told() {
        String player = given.guardian(school, pupils.getFirst());
        String paddler = given.guardian(school, pupils.get(2));
        assertThat(leader.get("/duty/days/" + tuesday).body()).contains("停 2 节户外活动");
        assertThat(leader.post("/duty/days/" + tuesday + "/drops", key("what", "outdoor", "reason", "weather")).statusCode()).isEqualTo(303);
        assertThat(dropped()).containsExactly("田径", "足球");
        assertThat(leader.get("/duty/days/" + tuesday).body()).contains("停一次").contains("足球").contains("恢复").doesNotContain("下雨了");
        // The children's own week says where they are, and their families read it, without any child's name.
        assertThat(visitors.signedIn(player).get("/inbox").body()).contains("活动停一次");
        assertThat(visitors.signedIn(paddler).get("/inbox").body()).doesNotContain("活动停一次");
        assertThat(visitors.signedIn(player).get("/children/" + pupils.getFirst() + "/week?week=" + tuesday).body()).contains("停一次").contains("在本班");
        // Who leads them, and who gets the children.
        assertThat(told(football.account())).anyMatch(t -> t.contains("足球"));
        assertThat(told(helper.account())).anyMatch(t -> t.contains("共 2 个孩子回到本班"));
        long packs = given.in(school, () -> sql.sql("select count(*) from messaging.notice where school_id = :s and kind = 'duty.dropped' and audience = 'CHILDREN'").param("s", school).query(Long.class).single());
        assertThat(packs).as("may be pasted into the groups").isEqualTo(1);
    }

    @Test
    @Req("R26")
    void it_is_taken_back_whole_before_the_first_begins_and_the_repeated_tap_changes_nothing() {
        Map<String, String> rain = key("what", "outdoor", "reason", "weather");
        assertThat(leader.post("/duty/days/" + tuesday + "/drops", rain).statusCode()).isEqualTo(303);
        assertThat(leader.post("/duty/days/" + tuesday + "/drops", rain).statusCode()).isEqualTo(303);
        assertThat(leader.post("/duty/days/" + tuesday + "/drops", key("what", "outdoor", "reason", "weather")).statusCode()).as("nothing is left").isEqualTo(422);
        UUID act = given.in(school, () -> sql.sql("select drop_id from duty.drop where school_id = :s").param("s", school).query(UUID.class).single());
        assertThat(leader.post("/duty/drops/" + act + "/removal", key()).statusCode()).isEqualTo(303);
        assertThat(dropped()).isEmpty();
        assertThat(told(football.account())).last().asString().contains("恢复");
        Visitor other = visitors.signedIn(given.staff(given.school(), Role.OFFICE));
        other.get("/duty");
        assertThat(other.post("/duty/drops/" + act + "/removal", key()).statusCode()).isEqualTo(404);
    }

    @Test
    @Req("R26")
    void one_session_is_dropped_because_its_teacher_is_ill_and_own_class_care_never_is() {
        UUID session = duty.session(school, indoor, tuesday, 1);
        UUID care = duty.session(school, klass, tuesday, 1);
        assertThat(leader.post("/duty/days/" + tuesday + "/drops", key("session", session.toString(), "reason", "nonsense")).statusCode()).isEqualTo(422);
        assertThat(leader.post("/duty/days/" + tuesday + "/drops", key("session", session.toString(), "reason", "teacher")).statusCode()).isEqualTo(303);
        assertThat(dropped()).containsExactly("乒乓球");
        assertThat(leader.post("/duty/days/" + tuesday + "/drops", key("session", care.toString(), "reason", "teacher")).statusCode()).isEqualTo(422);
        Visitor teacher = visitors.signedIn(helper.user());
        teacher.get("/duty");
        assertThat(teacher.post("/duty/days/" + tuesday + "/drops", key("what", "outdoor", "reason", "weather")).statusCode()).isEqualTo(403);
    }
}
