package afterbell.day.custody.childday;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.day.custody.childday.Decision.Already;
import afterbell.day.custody.childday.Decision.Recorded;
import afterbell.day.custody.childday.Decision.Refused;
import afterbell.day.custody.childday.Decision.Why;
import afterbell.day.custody.childday.Fact.Collected;
import afterbell.day.custody.childday.Fact.Counted;
import afterbell.day.custody.childday.Fact.Proof;
import afterbell.day.custody.childday.Fact.Sent;
import afterbell.day.custody.childday.Teller.Duty;
import afterbell.day.custody.childday.Whereabouts.Between;
import afterbell.day.custody.childday.Whereabouts.Disputed;
import afterbell.day.custody.childday.Whereabouts.Expected;
import afterbell.day.custody.childday.Whereabouts.InClass;
import afterbell.day.custody.childday.Whereabouts.Missing;
import afterbell.day.custody.childday.Whereabouts.NotAtSchool;
import afterbell.day.custody.childday.Whereabouts.OnLeave;
import afterbell.day.custody.childday.Whereabouts.Present;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChildDayTest {

    static final Instant BELL = Instant.parse("2026-09-15T08:00:00Z");
    static final Limits LIMITS = new Limits(
            Duration.ofMinutes(10),
            Duration.ofMinutes(8),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            List.of(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(30)));
    static final UUID CLASS_TEACHER = id(1);
    static final UUID PAINTER = id(2);
    static final UUID COACH = id(3);
    static final UUID LEADER = id(4);
    static final UUID GUARD = id(5);
    static final UUID MOTHER = id(6);
    static final UUID STRANGER = id(7);
    static final UUID BARRED = id(8);
    static final UUID LINE = id(9);
    static final UUID SUBSTITUTE = id(12);
    static final UUID OWN_CLASS = id(23);
    static final UUID PAINTING = id(20);
    static final UUID FOOTBALL = id(21);
    static final UUID REASON = id(30);
    static final Instant PAINTING_ENDS = BELL.plusSeconds(60 * 60);
    static final Instant FOOTBALL_ENDS = BELL.plusSeconds(115 * 60);
    static final DayPlan PLAN = new DayPlan(
            BELL,
            CLASS_TEACHER,
            List.of(
                    new DayPlan.Stop(PAINTING, minute(10), PAINTING_ENDS, id(40), PAINTER),
                    new DayPlan.Stop(FOOTBALL, minute(65), FOOTBALL_ENDS, id(41), COACH)));
    static final Clearance CLEARANCE = new Clearance(Set.of(MOTHER), Set.of(BARRED), Set.of(LINE));

    ChildDay day = ChildDay.begins(PLAN, LIMITS);
    long keys = 100;

    @Test
    @Req("R78")
    void the_class_teacher_answers_until_the_receiving_roll_counts_the_child() {
        assertThat(at(0).where()).isEqualTo(new InClass(CLASS_TEACHER));
        assertThat(at(10).red()).as("not handed over after the grace").isTrue();
        happens(5, CLASS_TEACHER, new Sent(CLASS_TEACHER, PAINTING, null));
        assertThat(at(9).where()).isEqualTo(new Between(CLASS_TEACHER, PAINTING, minute(5)));
        assertThat(at(17).red()).isFalse();
        assertThat(at(18).red()).as("eight minutes after the session's begin").isTrue();
        happens(19, PAINTER, counted(PAINTER));
        assertThat(at(19).custodian()).isEqualTo(PAINTER);
        assertThat(at(19).red()).isFalse();
    }

    @Test
    void between_two_sessions_the_first_teacher_answers_until_the_second_counts() {
        happens(5, CLASS_TEACHER, new Sent(CLASS_TEACHER, PAINTING, null));
        happens(11, PAINTER, counted(PAINTER));
        assertThat(at(61).where()).isEqualTo(new Between(PAINTER, FOOTBALL, PAINTING_ENDS));
        assertThat(at(72).red()).isFalse();
        assertThat(at(73).red()).isTrue();
        happens(74, COACH, counted(COACH));
        assertThat(at(74).custodian()).isEqualTo(COACH);
    }

    @Test
    void a_count_that_is_quicker_than_the_hand_over_is_no_dispute() {
        happens(11, PAINTER, counted(PAINTER));
        happens(13, CLASS_TEACHER, new Sent(CLASS_TEACHER, PAINTING, null));
        assertThat(at(13).where()).isInstanceOf(Present.class);
        assertThat(at(13).custodian()).isEqualTo(PAINTER);
    }

    @Test
    void two_who_count_one_child_at_one_time_are_a_dispute_that_the_duty_leader_settles() {
        happens(11, PAINTER, counted(PAINTER));
        happens(20, COACH, new Counted(COACH, id(22), minute(50)));
        assertThat(at(20).where()).isInstanceOf(Disputed.class);
        assertThat(at(20).red()).isTrue();
        assertThat(at(20).custodian()).as("the last confirmed one").isEqualTo(PAINTER);
        assertThat(asks(21, GUARD, new Collected(null, MOTHER, Proof.CARD), Duty.GATE)).isEqualTo(new Refused(Why.IN_DISPUTE));
        assertThat(asks(22, COACH, new Fact.Accounted(COACH, REASON), Duty.SERVICE_TEACHER)).isEqualTo(new Refused(Why.NOT_YOURS));
        assertThat(asks(22, LEADER, new Fact.Accounted(COACH, REASON), Duty.DUTY_LEADER)).isInstanceOf(Recorded.class);
        assertThat(at(22).custodian()).isEqualTo(COACH);
        assertThat(at(22).red()).isFalse();
    }

    @Test
    @Req("R8")
    void a_substitute_who_rolls_the_same_session_goes_on_where_the_other_stopped() {
        happens(11, PAINTER, counted(PAINTER));
        day = day.under(turned(new DayPlan.Turn(PAINTING, PAINTER, SUBSTITUTE, minute(25))));
        assertThat(at(26).custodian()).as("until he counts the child").isEqualTo(PAINTER);
        happens(30, SUBSTITUTE, new Counted(SUBSTITUTE, PAINTING, PAINTING_ENDS));
        assertThat(at(30).where()).isEqualTo(new Present(SUBSTITUTE, PAINTING, PAINTING_ENDS, minute(30)));
        assertThat(at(30).red()).isFalse();
        happens(33, PAINTER, new Counted(PAINTER, PAINTING, PAINTING_ENDS));
        assertThat(at(33).where()).as("whoever was relieved claims it again").isInstanceOf(Disputed.class);
    }

    @Test
    @Req("R8")
    void whoever_takes_a_post_over_may_do_all_that_its_holder_may_without_a_roll() {
        DayPlan turned = turned(new DayPlan.Turn(PAINTING, PAINTER, SUBSTITUTE, minute(25)));
        happens(11, PAINTER, counted(PAINTER));
        ChildDay counted = day.under(turned);
        day = counted;
        happens(30, SUBSTITUTE, new Fact.CalledOut(SUBSTITUTE, Fact.Where.TOILET));
        assertThat(at(31).where()).isEqualTo(new Whereabouts.CalledOut(SUBSTITUTE, Fact.Where.TOILET, PAINTING, PAINTING_ENDS, minute(30)));
        happens(33, SUBSTITUTE, new Fact.CameBack(SUBSTITUTE));
        assertThat(at(33).where()).isEqualTo(new Present(SUBSTITUTE, PAINTING, PAINTING_ENDS, minute(33)));
        day = counted;
        happens(30, SUBSTITUTE, new Fact.Missed(SUBSTITUTE, PAINTING));
        assertThat(at(30).where()).isInstanceOf(Missing.class);
        day = counted;
        happens(30, SUBSTITUTE, new Sent(SUBSTITUTE, FOOTBALL, null));
        assertThat(at(30).where()).isEqualTo(new Between(SUBSTITUTE, FOOTBALL, minute(30)));
        day = counted;
        assertThat(asks(50, SUBSTITUTE, new Fact.WithLine(SUBSTITUTE, LINE), Duty.SERVICE_TEACHER)).isInstanceOf(Recorded.class);
        assertThat(at(50).where()).isEqualTo(new Whereabouts.WentWithLine(minute(50)));
    }

    @Test
    void a_teacher_who_comes_back_is_no_second_claimant_and_neither_was_the_one_between() {
        happens(11, PAINTER, counted(PAINTER));
        happens(30, SUBSTITUTE, new Counted(SUBSTITUTE, PAINTING, PAINTING_ENDS));
        day = day.under(new DayPlan(BELL, CLASS_TEACHER, PLAN.stops(), List.of(new DayPlan.Turn(PAINTING, PAINTER, SUBSTITUTE, minute(25)), new DayPlan.Turn(PAINTING, SUBSTITUTE, PAINTER, minute(40)))));
        assertThat(at(41).custodian()).isEqualTo(SUBSTITUTE);
        happens(42, PAINTER, counted(PAINTER));
        assertThat(at(42).where()).isEqualTo(new Present(PAINTER, PAINTING, PAINTING_ENDS, minute(42)));
    }

    @Test
    void a_substitute_for_one_session_does_not_take_children_out_of_another() {
        happens(11, COACH, new Counted(COACH, id(22), minute(60)));
        day = day.under(turned(new DayPlan.Turn(PAINTING, PAINTER, SUBSTITUTE, minute(15))));
        happens(20, SUBSTITUTE, new Counted(SUBSTITUTE, PAINTING, PAINTING_ENDS));
        assertThat(at(20).where()).isInstanceOf(Disputed.class);
    }

    @Test
    @Req("R9")
    void rain_in_the_middle_of_a_session_ends_its_hold_and_the_coach_answers_until_the_own_class_counts() {
        happens(11, PAINTER, counted(PAINTER));
        day = day.under(rained(minute(30)));
        assertThat(at(29).where()).isInstanceOf(Present.class);
        assertThat(at(30).where()).isEqualTo(new Between(PAINTER, OWN_CLASS, minute(30)));
        assertThat(at(37).red()).isFalse();
        assertThat(at(38).red()).as("after the walking time").isTrue();
        assertThat(day.next(minute(31))).isEqualTo(minute(38));
        happens(39, CLASS_TEACHER, new Counted(CLASS_TEACHER, OWN_CLASS, PAINTING_ENDS));
        assertThat(at(39).custodian()).isEqualTo(CLASS_TEACHER);
        assertThat(at(39).red()).isFalse();
    }

    @Test
    @Req("R84")
    void a_roll_of_before_the_rain_that_arrives_after_it_disputes_nothing() {
        day = day.under(rained(minute(30)));
        happens(36, CLASS_TEACHER, new Counted(CLASS_TEACHER, OWN_CLASS, PAINTING_ENDS));
        happens(11, PAINTER, counted(PAINTER));
        assertThat(at(36).custodian()).isEqualTo(CLASS_TEACHER);
        assertThat(at(36).red()).isFalse();
        assertThat(at(20).custodian()).as("what was so then").isEqualTo(PAINTER);
    }

    @Test
    void a_roll_by_somebody_who_had_not_heard_of_the_rain_holds_nobody_back() {
        day = day.under(rained(minute(5)));
        happens(12, PAINTER, counted(PAINTER));
        assertThat(at(12).where()).isEqualTo(new Between(PAINTER, OWN_CLASS, minute(12)));
        happens(16, CLASS_TEACHER, new Counted(CLASS_TEACHER, OWN_CLASS, PAINTING_ENDS));
        assertThat(at(16).red()).isFalse();
        assertThat(at(16).custodian()).isEqualTo(CLASS_TEACHER);
    }

    @Test
    void a_plan_that_follows_upon_another_knows_who_answered_before_and_what_is_dropped() {
        DayPlan substitute = turned().after(PLAN, Map.of(), Map.of(PAINTING, SUBSTITUTE, FOOTBALL, COACH), null, minute(25));
        assertThat(substitute.turns()).containsExactly(new DayPlan.Turn(PAINTING, PAINTER, SUBSTITUTE, minute(25)));
        assertThat(turned().after(substitute, Map.of(), Map.of(PAINTING, SUBSTITUTE, FOOTBALL, COACH), null, minute(26))).as("looked up again").isEqualTo(substitute);
        DayPlan back = PLAN.after(substitute, Map.of(), Map.of(PAINTING, PAINTER, FOOTBALL, COACH), null, minute(40));
        assertThat(back.turns()).hasSize(2).last().isEqualTo(new DayPlan.Turn(PAINTING, SUBSTITUTE, PAINTER, minute(40)));
        DayPlan dry = rained(minute(0)).after(PLAN, Map.of(), Map.of(FOOTBALL, COACH), null, minute(30));
        assertThat(dry.turns()).containsExactly(new DayPlan.Turn(PAINTING, PAINTER, null, minute(30)));
        assertThat(dry.dropped(PAINTING)).isEqualTo(minute(30));
        DayPlan again = PLAN.after(dry, Map.of(), Map.of(PAINTING, PAINTER, FOOTBALL, COACH), null, minute(35));
        assertThat(again.dropped(PAINTING)).isNull();
        assertThat(again.turns()).last().isEqualTo(new DayPlan.Turn(PAINTING, PAINTER, PAINTER, minute(35)));
        DayPlan home = new DayPlan(BELL, CLASS_TEACHER, List.of()).after(PLAN, Map.of(), Map.of(PAINTING, PAINTER, FOOTBALL, COACH), null, minute(25));
        assertThat(home.turns()).as("the child goes home; its sessions are held").isEmpty();
        DayPlan guest = PLAN.after(PLAN, Map.of(id(22), COACH), Map.of(PAINTING, PAINTER, FOOTBALL, COACH, id(22), SUBSTITUTE), id(22), minute(25));
        assertThat(guest.turns()).as("a guest's room has another teacher").containsExactly(new DayPlan.Turn(id(22), COACH, SUBSTITUTE, minute(25)));
    }

    private static DayPlan turned(DayPlan.Turn... turns) {
        DayPlan.Stop painting = PLAN.stops().getFirst();
        return new DayPlan(BELL, CLASS_TEACHER, List.of(new DayPlan.Stop(PAINTING, painting.from(), painting.to(), painting.room(), SUBSTITUTE), PLAN.stops().getLast()), List.of(turns));
    }

    private static DayPlan rained(Instant at) {
        DayPlan.Stop painting = PLAN.stops().getFirst();
        return new DayPlan(
                BELL,
                CLASS_TEACHER,
                List.of(new DayPlan.Stop(OWN_CLASS, painting.from(), painting.to(), id(42), CLASS_TEACHER), PLAN.stops().getLast()),
                at.equals(minute(0)) ? List.of() : List.of(new DayPlan.Turn(PAINTING, PAINTER, null, at)));
    }

    @Test
    @Req("R83")
    void a_missing_child_rings_higher_and_higher_until_somebody_accounts_for_it() {
        happens(5, CLASS_TEACHER, new Sent(CLASS_TEACHER, PAINTING, null));
        happens(12, PAINTER, new Fact.Missed(PAINTER, PAINTING));
        assertThat(at(12).alarms()).containsExactly(new Alarm(Alarm.Kind.MISSING, minute(12), 0));
        happens(14, CLASS_TEACHER, new Fact.Traced(Fact.Step.CALLED_GUARDIAN));
        assertThat(at(28).where()).isEqualTo(new Missing(minute(12), List.of(Fact.Step.CALLED_GUARDIAN)));
        assertThat(at(28).alarms().getFirst().level()).isEqualTo(2);
        asks(30, LEADER, new Fact.Accounted(null, REASON), Duty.DUTY_LEADER);
        assertThat(at(30).red()).isFalse();
        assertThat(at(30).where().closed()).isTrue();
    }

    @Test
    void a_child_in_the_wrong_room_belongs_elsewhere_and_is_not_missing() {
        happens(5, CLASS_TEACHER, new Sent(CLASS_TEACHER, PAINTING, null));
        happens(11, COACH, new Counted(COACH, id(22), minute(60)));
        happens(12, PAINTER, new Fact.Missed(PAINTER, PAINTING));
        assertThat(at(12).custodian()).isEqualTo(COACH);
        assertThat(at(12).red()).isFalse();
    }

    @Test
    @Req("R82")
    void a_leave_explains_an_empty_chair_only_while_nobody_had_the_child_in_hand() {
        happens(-60, MOTHER, new Fact.Excused(minute(-30), minute(240), Fact.Told.IN_APP), Duty.GUARDIAN);
        happens(12, PAINTER, new Fact.Missed(PAINTER, PAINTING));
        assertThat(at(12).where()).isEqualTo(new OnLeave(minute(240)));
        day = ChildDay.begins(PLAN, LIMITS);
        happens(-60, MOTHER, new Fact.Excused(minute(60), minute(240), Fact.Told.IN_APP), Duty.GUARDIAN);
        happens(11, PAINTER, counted(PAINTER));
        happens(66, COACH, new Fact.Missed(COACH, FOOTBALL));
        assertThat(at(66).where()).as("who let it go?").isInstanceOf(Missing.class);
    }

    @Test
    void a_leave_that_has_run_out_makes_the_child_expected_again() {
        happens(-60, MOTHER, new Fact.Excused(minute(-30), minute(60), Fact.Told.PHONE), Duty.OFFICE);
        assertThat(at(30).where()).isEqualTo(new OnLeave(minute(60)));
        assertThat(at(61).where()).isEqualTo(new Expected(minute(60)));
        assertThat(at(70).red()).isTrue();
    }

    @Test
    void a_child_that_was_not_at_school_alarms_nobody() {
        happens(-400, CLASS_TEACHER, new Fact.Away());
        assertThat(at(200)).isEqualTo(new Standing(new NotAtSchool(), List.of(), false));
    }

    @Test
    @Req("R86")
    void the_gate_gives_a_child_only_to_those_who_may_take_it_and_records_what_happened_offline() {
        happens(11, PAINTER, counted(PAINTER));
        assertThat(asks(50, GUARD, new Collected(null, STRANGER, Proof.DOCUMENT), Duty.GATE)).isEqualTo(new Refused(Why.NOT_A_COLLECTOR));
        assertThat(asks(50, GUARD, new Collected(null, BARRED, Proof.DOCUMENT), Duty.GATE)).isEqualTo(new Refused(Why.BARRED));
        happens(51, GUARD, new Collected(null, BARRED, Proof.CARD), Duty.GATE);
        assertThat(at(51).where()).as("it has happened").isEqualTo(new Whereabouts.CollectedBy(BARRED, minute(51)));
        assertThat(at(51).red()).isTrue();
        assertThat(asks(52, GUARD, new Collected(null, MOTHER, Proof.CARD), Duty.GATE)).isEqualTo(new Refused(Why.ALREADY_LEFT));
        asks(60, LEADER, new Fact.Accounted(null, REASON), Duty.DUTY_LEADER);
        assertThat(at(60).red()).isFalse();
    }

    @Test
    @Req("R85")
    void a_line_takes_only_children_whose_guardians_consent() {
        happens(11, PAINTER, counted(PAINTER));
        assertThat(asks(115, COACH, new Fact.WithLine(COACH, id(77)), Duty.SERVICE_TEACHER)).isEqualTo(new Refused(Why.NO_CONSENT));
        assertThat(asks(115, COACH, new Fact.WithLine(COACH, LINE), Duty.SERVICE_TEACHER)).isInstanceOf(Recorded.class);
        assertThat(at(115).where()).isEqualTo(new Whereabouts.WentWithLine(minute(115)));
    }

    @Test
    @Req({"R82", "R85"})
    void a_child_that_is_out_of_the_room_leaves_with_no_line_and_is_red_where_one_took_it_without_a_network() {
        happens(11, PAINTER, counted(PAINTER));
        happens(50, PAINTER, new Fact.CalledOut(PAINTER, Fact.Where.INFIRMARY));
        assertThat(asks(58, PAINTER, new Fact.WithLine(PAINTER, LINE), Duty.SERVICE_TEACHER)).isEqualTo(new Refused(Why.CALLED_OUT));
        assertThat(asks(58, PAINTER, new Fact.WalkedHome(PAINTER, LINE), Duty.SERVICE_TEACHER)).isEqualTo(new Refused(Why.CALLED_OUT));
        UUID line = happens(59, PAINTER, new Fact.WithLine(PAINTER, LINE));
        assertThat(at(59).where()).as("it has happened").isEqualTo(new Whereabouts.WentWithLine(minute(59)));
        assertThat(at(59).alarms()).containsExactly(new Alarm(Alarm.Kind.RELEASE_DOUBTED, minute(59), 0));
        asks(60, LEADER, new Fact.Undone(line, REASON, true), Duty.DUTY_LEADER);
        assertThat(at(60).where()).as("and sits at the infirmary again").isInstanceOf(Whereabouts.CalledOut.class);
        happens(61, PAINTER, new Fact.CameBack(PAINTER));
        assertThat(asks(62, PAINTER, new Fact.WithLine(PAINTER, LINE), Duty.SERVICE_TEACHER)).isInstanceOf(Recorded.class);
        assertThat(at(62).red()).isFalse();
    }

    @Test
    void whoever_is_called_out_and_fetched_at_the_gate_or_let_out_there_alone_is_in_no_doubt() {
        happens(11, PAINTER, counted(PAINTER));
        happens(50, PAINTER, new Fact.CalledOut(PAINTER, Fact.Where.PARENT_CALLED));
        ChildDay out = day;
        assertThat(asks(55, GUARD, new Collected(null, MOTHER, Proof.KNOWN_BY_SIGHT), Duty.GATE)).isInstanceOf(Recorded.class);
        assertThat(at(55).red()).isFalse();
        day = out;
        assertThat(asks(55, GUARD, new Fact.WalkedHome(null, LINE), Duty.GATE)).isInstanceOf(Recorded.class);
        assertThat(at(55).red()).isFalse();
    }

    @Test
    @Req("R81")
    void a_card_that_says_left_while_a_roll_says_present_rings_and_moves_nothing() {
        happens(11, PAINTER, counted(PAINTER));
        happens(30, GUARD, new Fact.Swiped(id(50), true), Duty.DEVICE);
        assertThat(at(30).custodian()).isEqualTo(PAINTER);
        assertThat(at(30).alarms()).extracting(Alarm::kind).containsExactly(Alarm.Kind.CARD_SAYS_LEFT);
        happens(33, GUARD, new Fact.Swiped(id(50), false), Duty.DEVICE);
        assertThat(at(33).red()).isFalse();
    }

    @Test
    @Req("R81")
    void a_card_that_says_came_in_while_the_child_is_looked_for_or_not_at_school_rings_and_moves_nothing() {
        happens(-400, CLASS_TEACHER, new Fact.Away());
        assertThat(at(0).alarms()).isEmpty();
        happens(5, GUARD, new Fact.Swiped(id(50), false), Duty.DEVICE);
        assertThat(at(5).alarms()).containsExactly(new Alarm(Alarm.Kind.CARD_SAYS_HERE, minute(5), 0));
        assertThat(at(5).where()).isEqualTo(new NotAtSchool());
        happens(6, GUARD, new Fact.Swiped(id(50), true), Duty.DEVICE);
        assertThat(at(6).alarms()).isEmpty();
    }

    @Test
    void whoever_says_not_at_school_knows_of_the_card_that_came_in_before() {
        happens(-420, GUARD, new Fact.Swiped(id(50), false), Duty.DEVICE);
        happens(-400, CLASS_TEACHER, new Fact.Away());
        assertThat(at(100).alarms()).isEmpty();
    }

    @Test
    @Req("R8")
    void a_school_that_named_nobody_is_red_from_the_bell_until_somebody_is_named() {
        day = day.under(new DayPlan(day.plan().bell(), DayPlan.NOBODY, day.plan().stops()));
        assertThat(at(-1).alarms()).isEmpty();
        assertThat(at(0).alarms()).containsExactly(new Alarm(Alarm.Kind.NO_CUSTODIAN, minute(0), 0));
        assertThat(day.next(minute(-10))).as("the clock looks at the bell").isBeforeOrEqualTo(minute(0));
        day = day.under(new DayPlan(day.plan().bell(), CLASS_TEACHER, day.plan().stops()));
        assertThat(at(0).red()).isFalse();
    }

    @Test
    void the_same_key_changes_nothing_and_other_words_under_it_are_refused() {
        UUID key = id(99);
        Telling first = new Telling(key, minute(11), teller(PAINTER, Duty.SERVICE_TEACHER), counted(PAINTER), true);
        day = ((Recorded) day.decide(first, CLEARANCE, minute(11))).day();
        assertThat(day.decide(first, CLEARANCE, minute(20))).isInstanceOf(Already.class);
        Telling other = new Telling(key, minute(11), teller(PAINTER, Duty.SERVICE_TEACHER), new Fact.Missed(PAINTER, PAINTING), true);
        assertThat(day.decide(other, CLEARANCE, minute(20))).isEqualTo(new Refused(Why.KEY_REUSED));
    }

    @Test
    void a_mistake_is_taken_back_by_its_teller_soon_or_by_the_duty_leader() {
        UUID release = happens(30, GUARD, new Collected(null, MOTHER, Proof.CARD), Duty.GATE);
        assertThat(asks(31, COACH, new Fact.Undone(release, REASON, false), Duty.SERVICE_TEACHER)).isEqualTo(new Refused(Why.NOT_YOURS));
        assertThat(asks(40, GUARD, new Fact.Undone(release, REASON, false), Duty.GATE)).isEqualTo(new Refused(Why.TOO_LATE_TO_UNDO));
        assertThat(asks(40, LEADER, new Fact.Undone(release, REASON, true), Duty.DUTY_LEADER)).isInstanceOf(Recorded.class);
        assertThat(at(41).where()).isInstanceOf(InClass.class);
        assertThat(at(41).corrected()).isTrue();
        assertThat(at(35).where()).as("what was believed then").isInstanceOf(Whereabouts.CollectedBy.class);
    }

    @Test
    void a_roll_for_yesterday_is_refused_and_a_clock_that_runs_ahead_is_set_right() {
        Telling yesterday = new Telling(id(98), minute(-24 * 60), teller(PAINTER, Duty.SERVICE_TEACHER), counted(PAINTER), true);
        assertThat(day.decide(yesterday, CLEARANCE, minute(11))).isEqualTo(new Refused(Why.ANOTHER_DAY));
        Telling ahead = new Telling(id(97), minute(55), teller(PAINTER, Duty.SERVICE_TEACHER), counted(PAINTER), true);
        assertThat(((Recorded) day.decide(ahead, CLEARANCE, minute(11))).entry().at()).isEqualTo(minute(11));
    }

    @Test
    void a_hundred_thousand_afternoons_keep_the_laws() {
        long seed = 20260915;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int disputes = 0, gone = 0, missing = 0;
        for (int i = 0; i < 100_000; i++) {
            List<String> findings = new ArrayList<>();
            ChildDay afternoon = Afternoons.any(random, ChildDay::decide, findings);
            findings.addAll(Laws.findings(Reading::at, afternoon, random));
            assertThat(findings).as("afternoon %d of seed %d: %s", i, seed, afternoon.entries()).isEmpty();
            Whereabouts end = afternoon.standing(minute(400)).where();
            if (end instanceof Disputed) disputes++;
            if (end instanceof Whereabouts.Ended) gone++;
            if (end instanceof Missing) missing++;
        }
        assertThat(List.of(disputes, gone, missing)).as("all kinds of ends were lived through").allMatch(count -> count > 2_000);
    }

    @Test
    @Req("R84")
    void the_next_moment_is_the_first_at_which_time_alone_changes_something() {
        Random random = new Random(84);
        int named = 0;
        for (int i = 0; i < 400; i++) {
            ChildDay afternoon = Afternoons.any(random);
            Instant moment = minute(random.nextInt(200) - 20);
            Standing now = afternoon.standing(moment);
            Instant next = afternoon.next(moment);
            Instant end = next == null ? minute(600) : next;
            for (Instant at = moment.plusSeconds(1); at.isBefore(end); at = at.plusSeconds(7)) assertThat(afternoon.standing(at)).as("%s before %s of %s", at, next, afternoon.entries()).isEqualTo(now);
            if (next == null) continue;
            named++;
            assertThat(afternoon.standing(next)).isNotEqualTo(now);
        }
        assertThat(named).isGreaterThan(100);
    }

    @Test
    @Req("R84")
    void the_short_way_to_the_next_moment_names_the_same_as_the_long_one() {
        Random random = new Random(1684);
        int named = 0;
        for (int i = 0; i < 10_000; i++) {
            ChildDay afternoon = Afternoons.any(random);
            Instant moment = minute(random.nextInt(260) - 20);
            Instant next = afternoon.next(moment);
            assertThat(next).as("%s of %s at %s", i, afternoon.entries(), moment).isEqualTo(afternoon.anyNext(moment));
            if (next != null) named++;
        }
        assertThat(named).isGreaterThan(2_000);
    }

    @Test
    void every_planted_bug_is_caught_by_its_law() {
        assertThat(caught((now, plan, limits, entries) -> {
                    Standing standing = Reading.at(now, plan, limits, entries);
                    return new Standing(standing.where(), List.of(), standing.corrected());
                }))
                .as("a board that never rings")
                .contains("nobody answers and nothing rings");
        assertThat(caught((now, plan, limits, entries) -> Reading.at(now, plan, limits, arrived(entries))))
                .as("entries read as they arrive")
                .contains("another order of arrival");
        assertThat(caught((now, plan, limits, entries) -> now.isAfter(plan.leaves().plus(Duration.ofHours(1)))
                        ? new Standing(new Whereabouts.WentWithLine(now), List.of(), false)
                        : Reading.at(now, plan, limits, entries)))
                .as("a child checked out by the clock")
                .contains("gone without anybody's word");
        assertThat(caught((now, plan, limits, entries) -> {
                    boolean out = entries.stream().anyMatch(entry -> entry.fact() instanceof Fact.Swiped swiped && swiped.out());
                    return out ? new Standing(new Whereabouts.WalkedHome(now), List.of(), false) : Reading.at(now, plan, limits, entries);
                }))
                .as("a card that checks out")
                .contains("a swipe moved the baton");
        assertThat(caught((now, plan, limits, entries) -> {
                    Standing standing = Reading.at(now, plan, limits, entries);
                    return standing.where() instanceof Disputed disputed
                            ? new Standing(new Present(disputed.lastConfirmed() == null ? PAINTER : disputed.lastConfirmed(), PAINTING, now, now), List.of(), false)
                            : standing;
                }))
                .as("the first claim wins silently")
                .contains("claimed by two");
        assertThat(caught((now, plan, limits, entries) -> {
                    Standing standing = Reading.at(now, plan, limits, entries);
                    return entries.stream().allMatch(entry -> entry.doubts().isEmpty())
                            ? new Standing(standing.where(), standing.alarms().stream().filter(alarm -> alarm.kind() != Alarm.Kind.RELEASE_DOUBTED).toList(), standing.corrected())
                            : standing;
                }))
                .as("a line that takes along who is at the infirmary")
                .contains("a line took along who was out of the room");
        assertThat(caught((now, plan, limits, entries) -> Reading.at(now, forgetful(plan), limits, entries)))
                .as("a plan that forgets who took over and what was dropped")
                .contains("held by a session that is dropped")
                .contains("a dispute where one took over");
    }

    @Test
    @Req("R86")
    void every_bug_planted_in_a_decision_is_caught_by_its_law() {
        assertThat(decided((day, telling, clearance, now) -> {
                    Decision decision = day.decide(telling, clearance, now);
                    return decision instanceof Already(Entry entry) ? grown(day, entry, day.entries().size()) : decision;
                }))
                .as("a repeated tap that is written twice")
                .contains("one key, two entries");
        assertThat(decided((day, telling, clearance, now) -> day.decide(new Telling(telling.key(), telling.at(), telling.teller(), telling.fact(), true), clearance, now)))
                .as("a gate that doesn't wait for the answer")
                .contains("let go although a paper says no")
                .contains("let go although CollectedBy")
                .contains("let go although Disputed");
        assertThat(decided((day, telling, clearance, now) ->
                        day.decide(new Telling(telling.key(), telling.at(), new Teller(telling.teller().account(), Set.of(Duty.values())), telling.fact(), telling.happened()), clearance, now)))
                .as("anybody may say anything")
                .contains("said by somebody whose duty it is not");
        assertThat(decided((day, telling, clearance, now) -> day.decide(telling, clearance, now) instanceof Recorded(Entry entry, ChildDay _) ? grown(day, entry, day.entries().size() - 1) : new Refused(Why.NOT_YOURS)))
                .as("a chain that loses its last entry")
                .contains("did not grow by one entry");
        assertThat(decided((day, telling, clearance, now) -> {
                    Decision decision = day.decide(telling, clearance, now);
                    if (!(decision instanceof Recorded(Entry entry, ChildDay _)) || !entry.doubts().isEmpty() || !(entry.fact() instanceof Collected)) return decision;
                    Entry late = new Entry(entry.id(), now.plusSeconds(3600), entry.recorded(), entry.by(), entry.fact(), entry.doubts());
                    return grown(day, late, day.entries().size());
                }))
                .as("a clock that runs ahead is believed")
                .contains("an entry of the future");
    }

    private static Recorded grown(ChildDay day, Entry entry, int kept) {
        List<Entry> longer = new ArrayList<>(day.entries().subList(0, Math.max(0, kept)));
        longer.add(entry);
        return new Recorded(entry, new ChildDay(day.plan(), day.limits(), longer));
    }

    private static String decided(Laws.Deciding planted) {
        Random random = new Random(11);
        List<String> findings = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) Afternoons.any(random, planted, findings);
        return String.join("\n", new HashSet<>(findings));
    }

    private static DayPlan forgetful(DayPlan plan) {
        DayPlan.Stop first = plan.stays() ? plan.stops().getFirst() : null;
        if (first == null || plan.turns().isEmpty()) return plan;
        List<DayPlan.Stop> stops = new ArrayList<>(plan.stops());
        if (first.session().equals(PAINTING)) stops.set(0, new DayPlan.Stop(PAINTING, first.from(), first.to(), first.room(), PAINTER));
        return new DayPlan(plan.bell(), plan.classTeacher(), stops);
    }

    private static String caught(Laws.Meaning planted) {
        Random random = new Random(7);
        Set<String> findings = new HashSet<>();
        for (int i = 0; i < 2_000; i++) findings.addAll(Laws.findings(planted, Afternoons.any(random), random));
        return String.join("\n", findings);
    }

    /** The times of the entries replaced by their places in the order of arrival. */
    private static Collection<Entry> arrived(Collection<Entry> entries) {
        List<Entry> list = new ArrayList<>(entries);
        List<Instant> times = new ArrayList<>(list.stream().map(Entry::at).toList());
        Collections.sort(times);
        List<Entry> arrived = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Entry entry = list.get(i);
            arrived.add(new Entry(entry.id(), times.get(i), entry.recorded(), entry.by(), entry.fact(), entry.doubts()));
        }
        return arrived;
    }

    private Standing at(int minute) {
        return day.standing(minute(minute));
    }

    private UUID happens(int minute, UUID who, Fact fact, Duty... duties) {
        UUID key = id(keys++);
        Teller teller = duties.length == 0 ? teller(who, Duty.CLASS_TEACHER, Duty.SERVICE_TEACHER) : teller(who, duties);
        Decision decision = day.decide(new Telling(key, minute(minute), teller, fact, true), CLEARANCE, minute(minute));
        day = ((Recorded) decision).day();
        return key;
    }

    private Decision asks(int minute, UUID who, Fact fact, Duty... duties) {
        Decision decision = day.decide(new Telling(id(keys++), minute(minute), teller(who, duties), fact, false), CLEARANCE, minute(minute));
        if (decision instanceof Recorded recorded) day = recorded.day();
        return decision;
    }

    private static Counted counted(UUID teacher) {
        return teacher.equals(PAINTER) ? new Counted(PAINTER, PAINTING, PAINTING_ENDS) : new Counted(COACH, FOOTBALL, FOOTBALL_ENDS);
    }

    static Teller teller(UUID who, Duty... duties) {
        return new Teller(who, Set.of(duties));
    }

    static Instant minute(int minute) {
        return BELL.plusSeconds(60L * minute);
    }

    static UUID id(long number) {
        return new UUID(0, number);
    }
}
