package afterbell.day.custody.family;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.DayOpening;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenClass.Grown;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A family's leave and lateness, and the class teacher's morning. */
@HouseTest
class FamilyDayIT {
    private static final LocalDate DAY = GivenAfternoon.DAY;

    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    GivenClass classes;

    @Autowired
    ChildDays days;

    @Autowired
    DayOpening opening;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    World world;
    UUID child;

    @BeforeEach
    void an_open_day() {
        world = afternoons.world(4, 2);
        child = world.pupils().getFirst();
        given.in(world.school(), () -> opening.open(world.school(), DAY));
        afternoons.at("12:00");
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    private Visitor mother() {
        Grown grown = classes.grown(world.school(), child, Role.GUARDIAN, "guardian", "母");
        return visitors.signedIn(grown.user());
    }

    @Test
    @Req({"R83", "P14"})
    void leave_for_today_is_on_the_teachers_list_at_once_and_can_be_taken_back() {
        Visitor mother = mother();
        assertThat(mother.get("/").body()).contains("和班级在一起");
        assertThat(mother.post("/children/" + child + "/leaves", Map.of("from", DAY.toString(), "_key", key())).statusCode()).isEqualTo(303);
        afternoons.at("16:05");
        assertThat(state(child)).isEqualTo(State.ON_LEAVE);
        assertThat(mother.get("/children/" + child + "/today").body()).contains("今天请假");
        UUID leave = given.in(world.school(), () -> sql.sql("select leave_id from custody.leave where pupil_id = :p").param("p", child).query(UUID.class).single());
        afternoons.at("15:00");
        assertThat(mother.post("/children/" + child + "/leaves/" + leave + "/withdrawal", Map.of("_key", key())).statusCode()).isEqualTo(303);
        afternoons.at("16:05");
        assertThat(state(child)).isEqualTo(State.IN_CLASS);
    }

    @Test
    @Req("R82")
    void of_two_leaves_that_hold_today_the_one_that_is_taken_back_leaves_the_other() {
        Visitor mother = mother();
        mother.post("/children/" + child + "/leaves", Map.of("from", DAY.toString(), "_key", key()));
        mother.post("/children/" + child + "/leaves", Map.of("from", DAY.toString(), "until", DAY.plusDays(2).toString(), "_key", key()));
        List<UUID> both = given.in(world.school(), () -> sql.sql("select leave_id from custody.leave where pupil_id = :p order by until_day").param("p", child).query(UUID.class).list());
        assertThat(both).hasSize(2);
        mother.post("/children/" + child + "/leaves/" + both.getFirst() + "/withdrawal", Map.of("_key", key()));
        afternoons.at("16:05");
        assertThat(state(child)).as("the longer one holds").isEqualTo(State.ON_LEAVE);
        afternoons.at("15:00");
        mother.post("/children/" + child + "/leaves/" + both.getLast() + "/withdrawal", Map.of("_key", key()));
        afternoons.at("16:05");
        assertThat(state(child)).isEqualTo(State.IN_CLASS);
    }

    @Test
    @Req("P14")
    void after_the_cut_off_leave_for_today_is_refused_with_the_way_out_and_typing_stays() {
        afternoons.at("15:45");
        Visitor mother = mother();
        mother.get("/children/" + child + "/today");
        var answer = mother.post("/children/" + child + "/leaves", Map.of("from", DAY.toString(), "until", "2026-10-14", "_key", key()));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("今天的请假时间已过").contains("打电话").contains("2026-10-14");
        assertThat(mother.post("/children/" + child + "/leaves", Map.of("from", "2026-10-14", "_key", key())).statusCode()).isEqualTo(303);
        assertThat(mother.post("/children/" + child + "/leaves", Map.of("from", "gestern", "_key", key())).statusCode()).isEqualTo(422);
    }

    @Test
    @Req("P14")
    void a_repeating_leave_holds_on_its_weekdays_but_not_on_an_excepted_day() {
        Visitor mother = mother();
        mother.get("/children/" + child + "/today");
        mother.postRaw("/children/" + child + "/leaves", "from=2026-10-14&until=2026-11-30&weekday=3&_key=" + key());
        UUID leave = given.in(world.school(), () -> sql.sql("select leave_id from custody.leave where pupil_id = :p").param("p", child).query(UUID.class).single());
        mother.post("/children/" + child + "/leaves/" + leave + "/exceptions", Map.of("day", "2026-10-21", "_key", key()));
        assertThat(holds("2026-10-14")).isTrue();
        assertThat(holds("2026-10-15")).isFalse();
        assertThat(holds("2026-10-21")).isFalse();
        assertThat(holds("2026-10-28")).isTrue();
    }

    private boolean holds(String day) {
        return given.in(world.school(), () -> leaves.of(world.school(), LocalDate.parse(day))).stream().anyMatch(t -> t.pupil().equals(child));
    }

    @Autowired
    afterbell.day.custody.Leaves leaves;

    @Test
    @Req({"R82", "P14"})
    void one_leave_is_for_several_children_of_a_family_or_for_none_of_them() {
        Grown grown = classes.grown(world.school(), child, Role.GUARDIAN, "guardian", "母");
        UUID brother = world.pupils().get(1);
        UUID sister = world.pupils().get(2);
        given.in(world.school(), () -> {
            for (UUID other : List.of(brother, sister)) {
                accounts.grant(grown.account(), new afterbell.base.shared.access.Wearer.Grant(Role.GUARDIAN, world.school(), null, null, other, null), null);
                consents.decide(world.school(), other, grown.account(), afterbell.base.identity.Consents.Decision.GIVEN, "test");
            }
            return true;
        });
        Visitor mother = visitors.signedIn(grown.user());
        var page = mother.get("/children/" + child + "/today");
        assertThat(page.statusCode()).as(page.headers().map().toString()).isEqualTo(200);
        assertThat(page.body()).contains(brother.toString());
        assertThat(mother.postRaw("/children/" + child + "/leaves", "from=" + DAY + "&also=" + brother + "&_key=" + key()).statusCode()).isEqualTo(303);
        assertThat(onLeave()).containsExactlyInAnyOrder(child, brother);
        assertThat(mother.postRaw("/children/" + child + "/leaves", "from=" + DAY + "&also=" + world.pupils().get(3) + "&_key=" + key()).statusCode()).as("not hers").isEqualTo(404);
        // The sister has gone already: then the leave is written for neither of the two.
        given.in(world.school(), () -> days.tell(
                world.school(),
                DAY,
                List.of(new afterbell.day.custody.ToldOf(
                        sister,
                        new afterbell.day.custody.childday.Telling(
                                UUID.randomUUID(),
                                afternoons.moment("12:00"),
                                new afterbell.day.custody.childday.Teller(UUID.randomUUID(), java.util.Set.of(afterbell.day.custody.childday.Teller.Duty.GATE)),
                                new afterbell.day.custody.childday.Fact.Collected(null, UUID.randomUUID(), afterbell.day.custody.childday.Fact.Proof.CARD),
                                true)))));
        mother.get("/children/" + child + "/today");
        assertThat(mother.postRaw("/children/" + child + "/leaves", "from=" + DAY + "&also=" + sister + "&_key=" + key()).statusCode()).isEqualTo(422);
        assertThat(given.in(world.school(), () -> sql.sql("select count(*) from custody.leave where pupil_id = any(array[:a, :b]::uuid[])").param("a", child).param("b", sister).query(Integer.class).single())).isEqualTo(1);
    }

    private List<UUID> onLeave() {
        return given.in(world.school(), () -> leaves.of(world.school(), DAY)).stream().map(t -> t.pupil()).toList();
    }

    @Test
    @Req({"R83", "R86"})
    void leave_and_lateness_reach_the_class_teacher_and_who_has_the_child_without_its_name() {
        Visitor mother = mother();
        mother.get("/children/" + child + "/today");
        mother.post("/children/" + child + "/late", Map.of("time", "18:20", "_key", key()));
        assertThat(visitors.signedIn(world.carer().user()).get("/sessions/" + world.own() + "/roll-call").body()).contains("家长今天说的");
        mother.post("/children/" + child + "/leaves", Map.of("from", DAY.toString(), "_key", key()));
        String name = given.in(world.school(), () -> sql.sql("select name from roster.pub_pupil where pupil_id = :p").param("p", child).query(String.class).single());
        for (GivenAfternoon.Teacher teacher : List.of(world.classTeacher(), world.carer(), world.coach())) {
            Visitor v = visitors.signedIn(teacher.user());
            assertThat(v.get("/inbox").body()).as(teacher.user()).contains("有孩子晚接", "有孩子请假", "18:20").doesNotContain(name);
            assertThat(v.get("/afternoon").body()).contains("家长今天说的", name, "18:20");
        }
        Visitor stranger = visitors.signedIn(afternoons.teacher(world.school(), Role.SERVICE_TEACHER, null).user());
        assertThat(stranger.get("/inbox").body()).doesNotContain("晚接");
        assertThat(stranger.get("/afternoon").body()).doesNotContain(name);
    }

    @Autowired
    afterbell.base.identity.Accounts accounts;

    @Autowired
    afterbell.base.identity.Consents consents;

    @Test
    @Req("R86")
    void coming_late_is_noted_and_stands_on_the_teachers_list() {
        Visitor mother = mother();
        mother.get("/children/" + child + "/today");
        assertThat(mother.post("/children/" + child + "/late", Map.of("time", "17:00", "_key", key())).statusCode()).as("before the last session ends").isEqualTo(422);
        String key = key();
        assertThat(mother.post("/children/" + child + "/late", Map.of("time", "18:20", "_key", key)).statusCode()).isEqualTo(303);
        assertThat(mother.post("/children/" + child + "/late", Map.of("time", "18:20", "_key", key)).statusCode()).isEqualTo(303);
        assertThat(given.in(world.school(), () -> sql.sql("select expected_at from custody.pub_late_pickup where pupil_id = :p").param("p", child).query(java.sql.Timestamp.class).single().toInstant()))
                .isEqualTo(afternoons.moment("18:20"));
        assertThat(mother.get("/children/" + child + "/today").body()).contains("18:20");
        assertThat(visitors.signedIn(world.carer().user()).get("/sessions/" + world.own() + "/roll-call").body()).contains("晚接 18:20");
    }

    @Test
    @Req({"R82", "R83"})
    void a_class_teacher_enters_absences_by_difference_and_leave_in_two_taps() {
        afternoons.at("08:10");
        Visitor teacher = visitors.signedIn(world.classTeacher().user());
        String base = "/classes/" + world.schoolClass();
        UUID ill = world.pupils().get(1);
        teacher.get(base + "/morning");
        assertThat(teacher.postRaw(base + "/morning", "away=" + ill + "&_key=" + key()).statusCode()).isEqualTo(303);
        assertThat(state(ill)).isEqualTo(State.NOT_AT_SCHOOL);
        assertThat(teacher.postRaw(base + "/morning", "_key=" + key()).statusCode()).isEqualTo(303);
        assertThat(state(ill)).isEqualTo(State.IN_CLASS);
        assertThat(teacher.post(base + "/leaves", Map.of("pupil", child.toString(), "told", "PHONE", "_key", key())).statusCode()).isEqualTo(303);
        assertThat(teacher.get(base + "/morning").body()).contains("电话");
        afternoons.at("16:05");
        given.in(world.school(), () -> days.tick(world.school()));
        assertThat(state(child)).isEqualTo(State.ON_LEAVE);
        assertThat(teacher.post(base + "/leaves", Map.of("told", "PHONE", "_key", key())).statusCode()).isEqualTo(422);
        assertThat(teacher.post(base + "/leaves", Map.of("pupil", UUID.randomUUID().toString(), "told", "PHONE", "_key", key())).statusCode()).isEqualTo(404);
    }

    @Test
    @Req("P10")
    void another_familys_child_is_not_found() {
        Visitor mother = mother();
        UUID other = world.pupils().get(2);
        assertThat(mother.get("/children/" + other + "/today").statusCode()).isEqualTo(404);
        assertThat(mother.post("/children/" + other + "/leaves", Map.of("from", DAY.toString(), "_key", key())).statusCode()).isEqualTo(404);
        assertThat(mother.post("/children/" + other + "/late", Map.of("time", "18:20", "_key", key())).statusCode()).isEqualTo(404);
        assertThat(given.in(world.school(), () -> sql.sql("select count(*) from custody.leave where school_id = :s").param("s", world.school()).query(Long.class).single())).isZero();
    }

    @Test
    void acts_of_a_device_are_taken_in_any_order_once_each_and_refused_one_by_one() {
        afternoons.at("16:20");
        Visitor carer = visitors.signedIn(world.carer().user());
        carer.get("/afternoon");
        String roll = "{\"act\":\"roll\",\"key\":\"%s\",\"at\":\"%s\",\"session\":\"%s\",\"present\":%s,\"absent\":[]}".formatted(key(), moment("16:05").plusSeconds(3600), world.own(), ids(world.pupils()));
        String out = "{\"act\":\"out\",\"key\":\"%s\",\"at\":\"%s\",\"session\":\"%s\",\"pupil\":\"%s\",\"word\":\"TOILET\"}".formatted(key(), moment("16:15").plusSeconds(3600), world.own(), child);
        String foreign = "{\"act\":\"back\",\"key\":\"%s\",\"at\":\"%s\",\"session\":\"%s\",\"pupil\":\"%s\"}".formatted(key(), moment("16:15"), UUID.randomUUID(), child);
        // The device's clock is an hour ahead, and what happened last comes first.
        Map<String, String> batch = Map.of("acts", "[" + out + "," + foreign + "," + roll + "]", "sent", moment("16:20").plusSeconds(3600).toString());
        var answer = carer.post("/afternoon/acts", batch);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("not-found").contains("\"recorded\":4");
        assertThat(state(child)).isEqualTo(State.CALLED_OUT);
        assertThat(given.in(world.school(), () -> days.day(world.school(), DAY, child)).orElseThrow().entries()).extracting(e -> e.at().truncatedTo(java.time.temporal.ChronoUnit.MINUTES)).containsExactlyInAnyOrder(moment("16:05"), moment("16:15"));
        long before = events();
        assertThat(carer.post("/afternoon/acts", batch).statusCode()).isEqualTo(200);
        assertThat(events()).as("sent again it changes nothing").isEqualTo(before);
        assertThat(carer.post("/afternoon/acts", Map.of("acts", "nonsense")).statusCode()).isEqualTo(400);
        assertThat(carer.post("/afternoon/acts", Map.of("acts", "[{}]")).statusCode()).isEqualTo(400);
    }

    private Instant moment(String time) {
        return afternoons.moment(time);
    }

    private long events() {
        return given.in(world.school(), () -> sql.sql("select count(*) from custody.event where school_id = :s").param("s", world.school()).query(Long.class).single());
    }

    private static String ids(List<UUID> pupils) {
        return pupils.stream().map(p -> "\"" + p + "\"").toList().toString();
    }

    private State state(UUID pupil) {
        given.in(world.school(), () -> days.tick(world.school()));
        return given.in(world.school(), () -> days.standings(world.school(), DAY, List.of(pupil))).get(pupil).state();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
