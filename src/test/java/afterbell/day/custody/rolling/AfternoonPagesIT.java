package afterbell.day.custody.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
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
