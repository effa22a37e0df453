package afterbell.day.custody.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.shared.access.Role;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.ChildStanding.State;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.Teacher;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hand-over and roll as a browser without JavaScript sends them. */
@HouseTest
class AfternoonPagesIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    ChildDays days;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Roster roster;

    @Autowired
    JdbcClient sql;

    World world;

    @BeforeEach
    void a_class_of_six() {
        world = afternoons.world(6, 4);
        given.in(world.school(), () -> days.open(world.school(), GivenAfternoon.DAY));
        // The house's own clock may have opened the day while this world was still being made.
        given.in(world.school(), () -> {
            days.replan(world.school(), GivenAfternoon.DAY);
            return true;
        });
        afternoons.at("16:02");
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    @Test
    @Req({"R78", "R82", "R90"})
    void a_class_teacher_hands_over_with_one_confirmation_and_touches_only_differences() {
        Visitor teacher = visitors.signedIn(world.classTeacher().user());
        String path = "/classes/" + world.schoolClass() + "/hand-over";
        assertThat(teacher.get("/").body()).contains("还有 6 人没有交接").contains(path);
        String page = teacher.get(path).body();
        assertThat(page).contains("放学交接").contains(world.pupils().getFirst().toString());
        assertThat(teacher.postRaw(path, list(world.pupils(), List.of(world.pupils().getFirst()))).statusCode()).isEqualTo(303);
        Map<UUID, ChildStanding> now = standings();
        assertThat(now.get(world.pupils().getFirst()).state()).isEqualTo(State.MISSING);
        assertThat(now.values().stream().filter(s -> s.state() == State.BETWEEN)).hasSize(5);
        assertThat(now.get(world.pupils().get(1)).custodian()).as("the sender answers until the next roll").isEqualTo(world.classTeacher().staff());
    }

    @Test
    @Req({"R79", "R80"})
    void a_roll_counts_all_but_those_tapped_and_a_second_one_records_only_what_changed() {
        Visitor carer = visitors.signedIn(world.carer().user());
        String path = "/sessions/" + world.own() + "/roll-call";
        assertThat(carer.get("/afternoon").body()).contains(path).contains("应到 6 人");
        assertThat(carer.get(path).body()).contains("都到了，6人");
        List<UUID> absent = world.pupils().subList(0, 2);
        assertThat(carer.postRaw(path, list(world.pupils(), absent)).statusCode()).isEqualTo(303);
        assertThat(standings().values().stream().filter(s -> s.state() == State.PRESENT && world.carer().staff().equals(s.custodian()))).hasSize(4);
        String after = carer.get(path).body();
        assertThat(after).contains("起没有找到").contains("联系了家长");
        long before = events();
        afternoons.at("16:10");
        carer.postRaw(path, list(world.pupils(), world.pupils().subList(0, 1)));
        assertThat(events()).as("one child was found, the others were known").isEqualTo(before + 1);
        assertThat(standings().get(world.pupils().get(1)).state()).isEqualTo(State.PRESENT);
    }

    @Test
    @Req({"R80", "R83"})
    void out_and_back_a_guest_one_who_belongs_elsewhere_and_the_steps_of_a_search_are_one_tap_each() {
        Visitor coach = visitors.signedIn(world.coach().user());
        afternoons.at("16:58");
        String base = "/sessions/" + world.club();
        UUID first = world.inClub().getFirst();
        UUID guest = world.pupils().getLast();
        coach.get(base + "/roll-call");
        coach.postRaw(base + "/roll-call", list(world.inClub(), List.of(world.inClub().get(1))));
        assertThat(coach.post(base + "/outings", Map.of("pupil", first.toString(), "where", "TOILET", "_key", key())).statusCode()).isEqualTo(303);
        assertThat(standings().get(first).state()).isEqualTo(State.CALLED_OUT);
        assertThat(coach.get(base + "/roll-call").body()).contains("回来了");
        coach.post(base + "/returns", Map.of("pupil", first.toString(), "_key", key()));
        assertThat(standings().get(first).state()).isEqualTo(State.PRESENT);
        assertThat(coach.get(base + "/roll-call?q=xs").body()).contains(guest.toString());
        coach.post(base + "/guests", Map.of("pupil", guest.toString(), "_key", key()));
        assertThat(standings().get(guest).custodian()).isEqualTo(world.coach().staff());
        coach.post(base + "/sendings", Map.of("pupil", guest.toString(), "_key", key()));
        assertThat(standings().get(guest).state()).isEqualTo(State.BETWEEN);
        assertThat(standings().get(guest).session()).isEqualTo(world.ownLater());
        coach.post(base + "/searches", Map.of("pupil", world.inClub().get(1).toString(), "step", "CALLED_GUARDIAN", "_key", key()));
        assertThat(standings().get(world.inClub().get(1)).state()).isEqualTo(State.TRACED);
        assertThat(coach.get(base + "/roll-call").body()).contains("已联系家长");
    }

    @Test
    @Req("R8")
    void a_teacher_on_another_post_finds_neither_roll_nor_class_and_nothing_is_written() {
        Teacher stranger = afternoons.teacher(world.school(), Role.SERVICE_TEACHER, null);
        Visitor v = visitors.signedIn(stranger.user());
        assertThat(v.get("/sessions/" + world.own() + "/roll-call").statusCode()).isEqualTo(404);
        assertThat(v.postRaw("/sessions/" + world.own() + "/roll-call", list(world.pupils(), List.of())).statusCode()).isEqualTo(404);
        assertThat(v.get("/classes/" + world.schoolClass() + "/hand-over").statusCode()).isEqualTo(404);
        assertThat(v.postRaw("/classes/" + world.schoolClass() + "/hand-over", list(world.pupils(), List.of())).statusCode()).isEqualTo(404);
        World other = afternoons.world(1, 0);
        assertThat(visitors.signedIn(other.carer().user()).get("/sessions/" + world.own() + "/roll-call").statusCode()).isEqualTo(404);
        assertThat(events()).isZero();
    }

    @Test
    void an_empty_list_a_forged_child_and_an_unreadable_one_are_refused() {
        Visitor carer = visitors.signedIn(world.carer().user());
        String path = "/sessions/" + world.own() + "/roll-call";
        carer.get(path);
        assertThat(carer.postRaw(path, "_key=" + key()).statusCode()).isEqualTo(422);
        assertThat(carer.postRaw(path, list(List.of(UUID.randomUUID()), List.of())).statusCode()).isEqualTo(404);
        assertThat(carer.postRaw(path, "child=zz&_key=" + key()).statusCode()).isEqualTo(404);
        assertThat(carer.post("/sessions/" + world.own() + "/outings", Map.of("_key", key())).statusCode()).isEqualTo(422);
        assertThat(events()).isZero();
    }

    @Test
    void the_same_form_sent_twice_is_one_roll() {
        Visitor carer = visitors.signedIn(world.carer().user());
        String path = "/sessions/" + world.own() + "/roll-call";
        carer.get(path);
        String form = list(world.pupils(), world.pupils().subList(0, 1));
        HttpResponse<String> once = carer.postRaw(path, form);
        HttpResponse<String> twice = carer.postRaw(path, form);
        assertThat(List.of(once.statusCode(), twice.statusCode())).containsOnly(303);
        assertThat(events()).isEqualTo(6);
    }

    @Test
    @Req("R79")
    void a_roll_of_yesterday_is_refused() {
        Visitor carer = visitors.signedIn(world.carer().user());
        String path = "/sessions/" + world.own() + "/roll-call";
        carer.get(path);
        String form = list(world.pupils(), List.of());
        afternoons.on(GivenAfternoon.DAY.plusDays(1), "16:05");
        Visitor next = visitors.signedIn(world.carer().user());
        String page = next.get(path).body();
        assertThat(page).contains("这不是今天的场次");
        assertThat(next.postRaw(path, form).statusCode()).isEqualTo(422);
        assertThat(events()).isZero();
    }

    @Test
    @Req("R8")
    void where_nobody_is_named_whoever_calls_the_roll_answers_for_the_children() {
        given.in(world.school(), () -> {
            sql.sql("delete from programme.own_class_duty where school_id = :s").param("s", world.school()).update();
            sql.sql("delete from roster.class_teacher where school_id = :s").param("s", world.school()).update();
            days.replan(world.school(), GivenAfternoon.DAY);
            return true;
        });
        Visitor teacher = visitors.signedIn(world.classTeacher().user());
        String path = "/sessions/" + world.own() + "/roll-call";
        assertThat(teacher.get(path).body()).contains("这一场没有负责人", "孩子就由您负责", "都到了，6人");
        assertThat(teacher.postRaw(path, list(world.pupils(), List.of())).statusCode()).isEqualTo(303);
        assertThat(standings().values()).allSatisfy(s -> {
            assertThat(s.state()).isEqualTo(State.PRESENT);
            assertThat(s.custodian()).isEqualTo(world.classTeacher().staff());
        });
    }

    @Test
    @Req("R26")
    void a_roll_of_a_session_that_is_not_held_is_refused_in_words() {
        Visitor coach = visitors.signedIn(world.coach().user());
        String path = "/sessions/" + world.club() + "/roll-call";
        coach.get(path);
        given.in(world.school(), () -> sql.sql("update timetable.session set state = 'dropped', cause = 'plan' where school_id = :s and session_id = :x").param("s", world.school()).param("x", world.club()).update());
        HttpResponse<String> answer = coach.postRaw(path, list(world.inClub(), List.of()));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("这一场取消了，没有记录");
        assertThat(events()).isZero();
    }

    @Test
    @Req({"R8", "R85"})
    void a_substitute_in_the_middle_of_a_session_rolls_it_and_leads_its_line_and_nothing_is_disputed() {
        List<UUID> club = world.inClub();
        club.forEach(this::consent);
        afternoons.at("17:01");
        Visitor coach = visitors.signedIn(world.coach().user());
        coach.get("/sessions/" + world.club() + "/roll-call");
        assertThat(coach.postRaw("/sessions/" + world.club() + "/roll-call", list(club, List.of())).statusCode()).isEqualTo(303);
        afternoons.at("17:20");
        Teacher second = afternoons.teacher(world.school(), Role.SERVICE_TEACHER, null);
        appoint(world.club(), second);
        assertThat(club).allSatisfy(p -> assertThat(standings().get(p).custodian()).as("until somebody else counts them").isEqualTo(world.coach().staff()));
        Visitor substitute = visitors.signedIn(second.user());
        assertThat(substitute.get("/lines/" + world.club()).body()).as("without a roll of her own").contains(club.getFirst().toString());
        afternoons.at("17:25");
        HttpResponse<String> left = substitute.postRaw("/lines/" + world.club() + "/release", "_key=" + key() + "&child=" + club.getFirst());
        assertThat(left.statusCode()).isEqualTo(303);
        assertThat(standings().get(club.getFirst()).state()).isEqualTo(State.WITH_LINE);
        substitute.get("/sessions/" + world.club() + "/roll-call");
        assertThat(substitute.postRaw("/sessions/" + world.club() + "/roll-call", list(club.subList(1, 4), List.of(club.get(1)))).statusCode()).isEqualTo(303);
        assertThat(club.subList(0, 4).stream().map(p -> standings().get(p).state())).containsExactly(State.WITH_LINE, State.MISSING, State.PRESENT, State.PRESENT);
        assertThat(standings().get(club.get(2)).custodian()).isEqualTo(second.staff());
        assertThat(coach.get("/lines/" + world.club()).statusCode()).as("it is no longer his").isEqualTo(404);
    }

    @Test
    @Req("R8")
    void a_post_that_was_open_and_is_filled_while_the_session_runs_is_no_dispute_either() {
        Visitor leader = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER));
        afternoons.at("16:20");
        Visitor carer = visitors.signedIn(world.carer().user());
        carer.get("/sessions/" + world.own() + "/roll-call");
        carer.postRaw("/sessions/" + world.own() + "/roll-call", list(world.pupils(), List.of()));
        leader.get("/duty/days/" + GivenAfternoon.DAY);
        assertThat(leader.post("/duty/days/" + GivenAfternoon.DAY + "/posts/session." + world.own() + "/absence", Map.of("_key", key())).statusCode()).isEqualTo(303);
        Teacher second = afternoons.teacher(world.school(), Role.SERVICE_TEACHER, null);
        appoint(world.own(), second);
        assertThat(standings().get(world.pupils().getFirst()).custodians().getFirst()).as("at once").isEqualTo(second.staff());
        Visitor substitute = visitors.signedIn(second.user());
        substitute.get("/sessions/" + world.own() + "/roll-call");
        substitute.postRaw("/sessions/" + world.own() + "/roll-call", list(world.pupils(), List.of()));
        assertThat(standings().values()).allSatisfy(s -> {
            assertThat(s.state()).isEqualTo(State.PRESENT);
            assertThat(s.custodian()).isEqualTo(second.staff());
            assertThat(s.red()).isFalse();
        });
    }

    @Test
    @Req({"R9", "R26"})
    void rain_in_the_middle_of_a_session_leaves_its_children_with_the_coach_until_the_own_class_counts_them() {
        theWeekSays();
        List<UUID> club = world.inClub();
        afternoons.at("17:02");
        Visitor coach = visitors.signedIn(world.coach().user());
        coach.get("/sessions/" + world.club() + "/roll-call");
        coach.postRaw("/sessions/" + world.club() + "/roll-call", list(club, List.of()));
        assertThat(coach.post("/sessions/" + world.club() + "/outings", Map.of("pupil", club.get(3).toString(), "where", "TOILET", "_key", key())).statusCode()).isEqualTo(303);
        afternoons.at("17:20");
        Visitor leader = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER));
        leader.get("/duty/days/" + GivenAfternoon.DAY);
        assertThat(leader.post("/duty/days/" + GivenAfternoon.DAY + "/drops", Map.of("session", world.club().toString(), "reason", "weather", "_key", key())).statusCode()).isEqualTo(303);
        ChildStanding now = standings().get(club.getFirst());
        assertThat(now.state()).isEqualTo(State.BETWEEN);
        assertThat(now.session()).isEqualTo(world.ownLater());
        assertThat(now.custodian()).isEqualTo(world.coach().staff());
        String dropped = coach.get("/sessions/" + world.club() + "/roll-call").body();
        assertThat(dropped).as("he sees whom he still answers for").contains("这一场取消了").contains("还在您手里");
        assertThat(coach.post("/sessions/" + world.club() + "/returns", Map.of("pupil", club.get(3).toString(), "_key", key())).statusCode()).isEqualTo(303);
        assertThat(coach.post("/sessions/" + world.club() + "/sendings", Map.of("pupil", club.get(3).toString(), "_key", key())).statusCode()).isEqualTo(303);
        assertThat(coach.postRaw("/sessions/" + world.club() + "/roll-call", list(club, List.of())).statusCode()).as("nothing is rolled where nothing is held").isEqualTo(422);
        afternoons.at("17:25");
        Visitor carer = visitors.signedIn(world.carer().user());
        carer.get("/sessions/" + world.ownLater() + "/roll-call");
        carer.postRaw("/sessions/" + world.ownLater() + "/roll-call", list(world.pupils(), List.of()));
        assertThat(standings().values()).allSatisfy(s -> {
            assertThat(s.state()).isEqualTo(State.PRESENT);
            assertThat(s.custodian()).isEqualTo(world.carer().staff());
        });
    }

    @Test
    @Req({"R78", "R90"})
    void after_the_walking_time_a_child_that_nobody_counted_is_on_the_senders_screens_again_by_name() {
        afternoons.at("16:58");
        UUID child = world.inClub().getFirst();
        Visitor carer = visitors.signedIn(world.carer().user());
        carer.get("/sessions/" + world.own() + "/roll-call");
        carer.postRaw("/sessions/" + world.own() + "/roll-call", list(world.inClub().subList(0, 1), List.of()));
        carer.post("/sessions/" + world.own() + "/sendings", Map.of("pupil", child.toString(), "_key", key()));
        assertThat(standings().get(child).state()).isEqualTo(State.BETWEEN);
        assertThat(carer.get("/afternoon").body()).as("on its way").doesNotContain("还没有人点到");
        afternoons.at("17:30");
        given.in(world.school(), () -> days.tick(world.school()));
        assertThat(standings().get(child).red()).isTrue();
        String name = given.in(world.school(), () -> sql.sql("select name from roster.pub_pupil where pupil_id = :p").param("p", child).query(String.class).single());
        assertThat(carer.get("/afternoon").body()).contains("1 个学生还没有人点到", name, "老师" + world.coach().user());
        assertThat(carer.get("/sessions/" + world.own() + "/roll-call").body()).contains("1 个学生还没有人点到", name);
        Visitor teacher = visitors.signedIn(world.classTeacher().user());
        assertThat(teacher.get("/classes/" + world.schoolClass() + "/hand-over").body()).contains("1 个学生还没有人点到", name);
        Visitor coach = visitors.signedIn(world.coach().user());
        coach.get("/sessions/" + world.club() + "/roll-call");
        coach.postRaw("/sessions/" + world.club() + "/roll-call", list(world.inClub(), List.of()));
        assertThat(carer.get("/afternoon").body()).doesNotContain("还没有人点到");
    }

    @Test
    @Req({"R80", "R84"})
    void a_child_that_is_looked_for_is_one_tap_on_any_list_without_a_search() {
        afternoons.at("17:02");
        Visitor coach = visitors.signedIn(world.coach().user());
        UUID own = world.pupils().getLast();
        String page = coach.get("/sessions/" + world.club() + "/roll-call").body();
        assertThat(page).as("of the same class, and elsewhere by the plan").contains("name=\"pupil\" value=\"" + own + "\"");
        Visitor carer = visitors.signedIn(world.carer().user());
        carer.get("/sessions/" + world.ownLater() + "/roll-call");
        carer.postRaw("/sessions/" + world.ownLater() + "/roll-call", list(world.pupils().subList(4, 6), List.of(own)));
        assertThat(standings().get(own).state()).isEqualTo(State.MISSING);
        page = coach.get("/sessions/" + world.club() + "/roll-call").body();
        assertThat(page.indexOf("value=\"" + own + "\"")).as("before the search").isBetween(1, page.indexOf("name=\"q\""));
        assertThat(coach.post("/sessions/" + world.club() + "/guests", Map.of("pupil", own.toString(), "_key", key())).statusCode()).isEqualTo(303);
        assertThat(standings().get(own).custodian()).isEqualTo(world.coach().staff());
    }

    @Test
    @Req("R78")
    void a_child_that_is_transferred_at_noon_is_awaited_by_its_new_class_at_once() {
        afternoons.at("12:20");
        UUID child = world.pupils().getLast();
        UUID other = given.in(world.school(), () -> {
            UUID klass = UUID.randomUUID();
            sql.sql("insert into roster.class (school_id, class_id, school_year, grade, number, name) select school_id, :id, school_year, grade, 7, '三（7）班' from roster.class where school_id = :s and class_id = :c")
                    .param("id", klass)
                    .param("s", world.school())
                    .param("c", world.schoolClass())
                    .update();
            return klass;
        });
        assertThat(standings().get(child).schoolClass()).isEqualTo(world.schoolClass());
        Visitor office = visitors.signedIn(given.staff(world.school(), Role.OFFICE));
        office.get("/pupils/" + child);
        assertThat(office.post("/pupils/" + child + "/class", Map.of("to", other.toString(), "_key", key())).statusCode()).isEqualTo(303);
        ChildStanding now = standings().get(child);
        assertThat(now.schoolClass()).isEqualTo(other);
        assertThat(now.sessions()).as("the old class awaits it no longer").doesNotContain(world.own());
        afternoons.at("16:02");
        Visitor teacher = visitors.signedIn(world.classTeacher().user());
        assertThat(teacher.get("/classes/" + world.schoolClass() + "/hand-over").body()).doesNotContain(child.toString());
    }

    @Test
    @Req({"R78", "R90"})
    void a_class_that_stays_in_its_room_is_told_that_the_roll_of_whoever_comes_is_the_hand_over() {
        Visitor teacher = visitors.signedIn(world.classTeacher().user());
        String path = "/classes/" + world.schoolClass() + "/hand-over";
        assertThat(teacher.get(path).body()).as("no room is known").doesNotContain("全班留在教室");
        given.in(world.school(), () -> {
            UUID room = UUID.randomUUID();
            sql.sql("insert into schools.room (school_id, room_id, code, name, kind, capacity) values (:s, :r, 'T302', '三二教室', 'classroom', 45)").param("s", world.school()).param("r", room).update();
            return sql.sql("update roster.class set room_id = :r where school_id = :s and class_id = :c").param("r", room).param("s", world.school()).param("c", world.schoolClass()).update();
        });
        assertThat(teacher.get(path).body()).contains("全班留在教室：老师" + world.carer().user());
        Visitor carer = visitors.signedIn(world.carer().user());
        assertThat(carer.get("/sessions/" + world.own() + "/roll-call").body()).contains("这次点名就是交接");
        carer.postRaw("/sessions/" + world.own() + "/roll-call", list(world.pupils(), List.of()));
        assertThat(teacher.get(path).body()).contains("交接完成");
        assertThat(carer.get("/sessions/" + world.own() + "/roll-call").body()).doesNotContain("这次点名就是交接");
    }

    /** What the week says of a child brings it back to its class when its club is dropped; what was said for this day alone does not. */
    private void theWeekSays() {
        given.in(world.school(), () -> {
            sql.sql("delete from custody.stay where school_id = :s and pupil_id = any(:p::uuid[])").param("s", world.school()).param("p", world.inClub().stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"))).update();
            days.replan(world.school(), GivenAfternoon.DAY);
            return true;
        });
    }

    private void appoint(UUID session, Teacher teacher) {
        Visitor leader = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER));
        leader.get("/duty/days/" + GivenAfternoon.DAY);
        assertThat(leader.post("/duty/days/" + GivenAfternoon.DAY + "/posts/session." + session, Map.of("staff", teacher.staff().toString(), "_key", key())).statusCode()).isEqualTo(303);
    }

    private void consent(UUID pupil) {
        given.in(world.school(), () -> {
            roster.addConsents(world.school(), List.of(new Roster.NewConsent(UUID.randomUUID(), pupil, "class-line", List.of(1, 2, 3, 4, 5), java.time.LocalDate.of(2026, 9, 1), new UUID(0, 1), afternoons.moment("08:00"))));
            return true;
        });
    }

    private Map<UUID, ChildStanding> standings() {
        return given.in(world.school(), () -> days.ofDay(world.school(), GivenAfternoon.DAY));
    }

    private long events() {
        return given.in(world.school(), () -> sql.sql("select count(*) from custody.event where school_id = :s").param("s", world.school()).query(Long.class).single());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static String list(List<UUID> all, List<UUID> absent) {
        return all.stream().map(p -> "child=" + p).collect(Collectors.joining("&")) + "&" + absent.stream().map(p -> "absent=" + p + "&").collect(Collectors.joining()) + "_key=" + key();
    }
}
