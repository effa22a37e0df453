package afterbell.day.custody;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.rules.Choices.Hearer;
import afterbell.base.rules.RuleTable;
import afterbell.base.shared.access.Role;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Telling;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who hears of a child that is looked for is the rules', and so is a school's trial, in which everything shows and nobody is told. */
@HouseTest
@Req({"R83", "R84"})
class AlertingIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    ChildDays days;

    @Autowired
    Alerting alerting;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    World world;

    @BeforeEach
    void a_class_of_three() {
        world = afternoons.world(3, 0);
        given.in(world.school(), () -> days.open(world.school(), GivenAfternoon.DAY));
        given.in(world.school(), () -> {
            days.replan(world.school(), GivenAfternoon.DAY);
            return true;
        });
        afternoons.at("16:05");
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    @Test
    void in_a_schools_trial_days_the_board_shows_a_missing_child_and_nobody_is_told() {
        Visitor office = visitors.signedIn(given.staff(world.school(), Role.OFFICE));
        set(office, "custody.trial-days", "7");
        UUID child = world.pupils().getFirst();
        miss(child);
        assertThat(told()).isZero();
        assertThat(office.get("/board").body()).contains("没有找到，正在查找", "试运行");
    }

    @Test
    void without_a_trial_the_same_child_is_told_of_at_once() {
        miss(world.pupils().getFirst());
        assertThat(told()).isPositive();
        assertThat(visitors.signedIn(given.staff(world.school(), Role.OFFICE)).get("/board").body()).doesNotContain("试运行");
    }

    @Test
    void a_step_that_is_not_listed_is_heard_by_who_hears_the_last_one_before_it() {
        RuleTable table = new RuleTable(List.of(
                new RuleTable.Row(Map.of("step", 0, "who", Set.of(Hearer.CLASS_TEACHER))), new RuleTable.Row(Map.of("step", 2, "who", Set.of(Hearer.PRINCIPAL))), new RuleTable.Row(Map.of("step", 2, "who", Set.of(Hearer.OFFICE)))));
        assertThat(Alerting.heard(table, 0)).containsExactly(Hearer.CLASS_TEACHER);
        assertThat(Alerting.heard(table, 1)).containsExactly(Hearer.CLASS_TEACHER);
        assertThat(Alerting.heard(table, 2)).containsExactly(Hearer.OFFICE, Hearer.PRINCIPAL);
        assertThat(Alerting.heard(table, 9)).containsExactly(Hearer.OFFICE, Hearer.PRINCIPAL);
        assertThat(Alerting.heard(new RuleTable(List.of()), 0)).isEmpty();
        assertThat(alerting.ofSearch(world.school(), GivenAfternoon.DAY, 0)).containsExactlyInAnyOrder(Hearer.CLASS_TEACHER, Hearer.GUARDIANS);
        assertThat(alerting.ofWait(world.school(), GivenAfternoon.DAY, 5)).contains(Hearer.OFFICE);
    }

    private void set(Visitor office, String rule, String value) {
        office.get("/rules/" + rule);
        assertThat(office.post("/rules/" + rule + "/own", Map.of("value", value, "_key", UUID.randomUUID().toString())).statusCode()).isEqualTo(303);
    }

    private void miss(UUID child) {
        Teller teller = new Teller(world.carer().account(), Set.of(Teller.Duty.SERVICE_TEACHER));
        given.in(world.school(), () -> days.tell(
                world.school(), GivenAfternoon.DAY, List.of(new ToldOf(child, new Telling(UUID.randomUUID(), afternoons.moment("16:04"), teller, new Fact.Missed(world.carer().staff(), world.own()), true)))));
    }

    private long told() {
        return given.in(world.school(), () -> sql.sql("select count(*) from messaging.notice where school_id = :s and kind = 'custody.missing'").param("s", world.school()).query(Long.class).single());
    }
}
