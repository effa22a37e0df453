package afterbell.day.dismissal.late;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
@Req("R86")
class LateIT {
    private static final LocalDate DAY = GivenAfternoon.DAY;

    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    Roster roster;

    @Autowired
    TellOfLateJob job;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    World world;
    UUID child;

    /** Both children of the class sit in their last session with the carer, which ends at 17:50. */
    @BeforeEach
    void the_last_session_runs() {
        world = afternoons.world(2, 0);
        child = world.pupils().getFirst();
        afternoons.counted(world);
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    private UUID mother() {
        UUID adult = UUID.randomUUID();
        given.in(world.school(), () -> {
            roster.addAdults(world.school(), List.of(new Roster.NewAdult(adult, null, "陈妈妈")));
            roster.addRelations(world.school(), List.of(new Roster.NewRelation(child, adult, "guardian", "mother")));
            return true;
        });
        return adult;
    }

    @Test
    void the_teacher_sees_who_comes_when_as_the_family_said_and_hands_over_at_the_gate() {
        Visitor parent = visitors.signedIn(given.guardian(world.school(), child));
        parent.get("/children/" + child + "/today");
        assertThat(parent.postRaw("/children/" + child + "/late", "_key=" + UUID.randomUUID() + "&time=18:20").statusCode()).isEqualTo(303);
        Visitor leader = visitors.signedIn(given.staff(world.school(), Role.DUTY_LEADER));
        assertThat(leader.get("/late").body()).contains("说好晚来的 1 家", "18:20 到", "没有在等的孩子");
        afternoons.at("17:55");
        Visitor carer = visitors.signedIn(world.carer().user());
        assertThat(carer.get("/late").body()).contains("18:20 到", "不知道几点来", "今天没有安排晚接老师", "17:50 放学").doesNotContain("说好晚来的");
        assertThat(visitors.signedIn(world.coach().user()).get("/late").body()).as("a teacher sees the children in his own hands").doesNotContain("18:20", child.toString());
        UUID mother = mother();
        carer.get("/gate/" + child);
        assertThat(carer.postRaw("/gate/" + child + "/release", "_key=" + UUID.randomUUID() + "&adult=" + mother).statusCode()).isEqualTo(303);
        assertThat(carer.get("/late").body()).doesNotContain("18:20 到");
    }

    @Test
    void calls_are_written_down_and_the_last_word_about_the_time_counts() {
        UUID mother = mother();
        afternoons.at("17:58");
        Visitor carer = visitors.signedIn(world.carer().user());
        carer.get("/late");
        String calls = "/late/" + child + "/calls";
        assertThat(carer.postRaw(calls, "_key=" + UUID.randomUUID() + "&adult=" + mother + "&reached=no").statusCode()).isEqualTo(303);
        assertThat(carer.get("/late").body()).contains("陈妈妈没有接电话", "不知道几点来");
        assertThat(carer.postRaw(calls, "_key=" + UUID.randomUUID() + "&adult=" + mother + "&reached=yes&comes=17:00").statusCode()).as("a time that has passed").isEqualTo(422);
        assertThat(carer.postRaw(calls, "_key=" + UUID.randomUUID() + "&adult=" + mother + "&reached=yes&comes=soon").statusCode()).isEqualTo(422);
        assertThat(carer.postRaw(calls, "_key=" + UUID.randomUUID() + "&adult=" + UUID.randomUUID() + "&reached=yes").statusCode()).as("nobody of the family").isEqualTo(422);
        String key = UUID.randomUUID().toString();
        assertThat(carer.postRaw(calls, "_key=" + key + "&adult=" + mother + "&reached=yes&comes=18:30").statusCode()).isEqualTo(303);
        assertThat(carer.postRaw(calls, "_key=" + key + "&adult=" + mother + "&reached=yes&comes=18:30").statusCode()).isEqualTo(303);
        assertThat(carer.get("/late").body()).contains("打通了陈妈妈的电话", "18:30 到");
        assertThat(count("select count(*) from dismissal.late_call")).isEqualTo(2);
        Visitor coach = visitors.signedIn(world.coach().user());
        coach.get("/late");
        assertThat(coach.postRaw(calls, "_key=" + UUID.randomUUID() + "&adult=" + mother + "&reached=no").statusCode()).as("none of his business").isEqualTo(404);
    }

    @Test
    void a_wait_that_gets_long_is_raised_step_by_step_and_each_step_once() {
        String leader = given.staff(world.school(), Role.DUTY_LEADER);
        String head = given.staff(world.school(), Role.PRINCIPAL);
        given.in(world.school(), () -> sql.sql("insert into custody.late_pickup (school_id, day, pupil_id, expected_at, said_by, said_at) values (:s, :d, :p, :e, :by, :e)")
                .param("s", world.school())
                .param("d", DAY)
                .param("p", child)
                .param("e", java.sql.Timestamp.from(afternoons.moment("18:20")))
                .param("by", UUID.randomUUID())
                .update());
        afternoons.at("18:09");
        assertThat(run()).as("nobody waits twenty minutes yet").isZero();
        afternoons.at("18:10");
        assertThat(run()).as("the other child; this one's family said 18:20").isEqualTo(1);
        assertThat(run()).isZero();
        assertThat(visitors.signedIn(leader).get("/inbox").body()).contains("还有 1 个孩子没人来接");
        assertThat(visitors.signedIn(head).get("/inbox").body()).doesNotContain("没人来接");
        afternoons.at("18:40");
        assertThat(run()).as("the head hears of the one, the leader of the other").isEqualTo(2);
        assertThat(visitors.signedIn(head).get("/inbox").body()).contains("还有 1 个孩子没人来接");
        assertThat(visitors.signedIn(leader).get("/late").body()).contains("已告诉带班领导", "已告诉校长");
    }

    private int run() {
        return given.in(world.school(), () -> job.run(world.school()));
    }

    private long count(String select) {
        return given.in(world.school(), () -> sql.sql(select).query(Long.class).single());
    }
}
