package afterbell.day.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.ShiftableClock;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.childday.ChildDay;
import afterbell.day.custody.childday.Decision;
import afterbell.day.custody.childday.Entry;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Teller.Duty;
import afterbell.day.custody.childday.Telling;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class ChildDaysIT {
    private static final LocalDate DAY = GivenAfternoon.DAY;

    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    ChildDays childDays;

    @Autowired
    DayPlans plans;

    @Autowired
    LimitsOfRules limits;

    @Autowired
    Trial trial;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    World world;

    @BeforeEach
    void a_class_of_six_four_of_them_in_a_club() {
        world = afternoons.world(6, 4);
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    @Test
    @Req({"R78", "R82"})
    void a_plan_holds_the_own_class_then_the_club_each_with_the_one_who_answers() {
        Map<UUID, DayPlans.Child> all = given.in(world.school(), () -> plans.ofSchool(world.school(), DAY).children());
        assertThat(all).hasSize(6);
        DayPlans.Child first = all.get(world.inClub().getFirst());
        assertThat(first.plan().bell()).isEqualTo(afternoons.moment("16:00"));
        assertThat(first.plan().classTeacher()).isEqualTo(world.classTeacher().staff());
        assertThat(first.plan().stops()).extracting(s -> s.session()).containsExactly(world.own(), world.club());
        assertThat(first.plan().stops()).extracting(s -> s.custodian()).containsExactly(world.carer().staff(), world.coach().staff());
        DayPlans.Child last = all.get(world.pupils().getLast());
        assertThat(last.plan().stops()).extracting(s -> s.session()).containsExactly(world.own(), world.ownLater());
    }

    @Test
    @Req("R26")
    void a_child_whose_club_is_dropped_is_on_the_list_of_its_own_class_and_one_who_goes_home_early_on_none() {
        given.in(world.school(), () -> {
            afternoons.stay(world.school(), world.pupils().subList(5, 6), 0);
            // A dropped club brings the child back by itself, so the week's answer must say nothing for the day.
            return sql.sql("delete from custody.stay where pupil_id = :p").param("p", world.pupils().getFirst()).update();
        });
        given.in(world.school(), () -> sql.sql("update timetable.session set state = 'dropped', cause = 'hand', reason = 'weather' where session_id = :x").param("x", world.club()).update());
        Map<UUID, DayPlans.Child> all = given.in(world.school(), () -> plans.ofSchool(world.school(), DAY).children());
        assertThat(all.get(world.pupils().getFirst()).plan().stops()).extracting(s -> s.session()).containsExactly(world.ownLater());
        assertThat(all.get(world.pupils().get(1)).plan().stops()).extracting(s -> s.session()).containsExactly(world.own(), world.ownLater());
        assertThat(all.get(world.pupils().getLast()).plan().stays()).isFalse();
    }

    @Test
    @Req("R26")
    void on_a_special_day_the_answers_of_the_families_are_the_expected_list() {
        UUID special = UUID.randomUUID();
        given.in(world.school(), () -> {
            // The week's answer alone: nothing was said for the day.
            sql.sql("delete from custody.stay where day = :d").param("d", DAY).update();
            sql.sql("""
                    insert into duty.special (school_id, special_id, day, kind, leaves, until, deadline, unanswered, asked_by, asked_at)
                    values (:s, :x, :d, 'eve', '15:00', '{16:50,17:50}', :at, 'goes-home', :by, :at)
                    """)
                    .param("s", world.school())
                    .param("x", special)
                    .param("d", DAY)
                    .param("at", java.sql.Timestamp.from(afternoons.moment("08:00")))
                    .param("by", new UUID(0, 1))
                    .update();
            answered(special, world.inClub().get(0), "16:50");
            answered(special, world.inClub().get(1), "17:50");
            answered(special, world.inClub().get(2), null);
            return true;
        });
        Map<UUID, DayPlans.Child> all = given.in(world.school(), () -> plans.ofSchool(world.school(), DAY).children());
        assertThat(all.get(world.inClub().get(0)).plan().stops()).extracting(s -> s.session()).containsExactly(world.own());
        assertThat(all.get(world.inClub().get(1)).plan().stops()).extracting(s -> s.session()).containsExactly(world.own(), world.club());
        assertThat(all.get(world.inClub().get(2)).plan().stays()).isFalse();
        assertThat(all.get(world.inClub().get(3)).plan().stays()).isFalse();
    }

    private void answered(UUID special, UUID pupil, @Nullable String until) {
        sql.sql("insert into duty.special_answer (school_id, special_id, pupil_id, until, for_family, by, at) values (:s, :x, :p, :u::time, false, :by, :at)")
                .param("s", world.school())
                .param("x", special)
                .param("p", pupil)
                .param("u", until)
                .param("by", new UUID(0, 1))
                .param("at", java.sql.Timestamp.from(afternoons.moment("08:00")))
                .update();
    }

    @Test
    @Req({"R78", "R79"})
    void the_store_reads_back_what_the_engine_said() {
        open();
        afternoons.at("16:01");
        List<Decision> sent = tell(world.pupils().stream().map(p -> sent(p, "16:01")).toList());
        assertThat(sent).allMatch(d -> d instanceof Decision.Recorded);
        afternoons.at("16:05");
        List<ToldOf> roll = new ArrayList<>(world.pupils().subList(1, 6).stream().map(p -> counted(p, "16:05")).toList());
        roll.add(told(world.pupils().getFirst(), "16:05", Duty.SERVICE_TEACHER, new Fact.Missed(world.carer().staff(), world.own())));
        List<Decision> counted = tell(roll);
        for (int i = 0; i < roll.size(); i++) {
            UUID pupil = roll.get(i).pupil();
            ChildDay engine = ((Decision.Recorded) counted.get(i)).day();
            ChildDay kept = given.in(world.school(), () -> childDays.day(world.school(), DAY, pupil)).orElseThrow();
            assertThat(kept).isEqualTo(engine);
        }
        Map<UUID, ChildStanding> now = standings();
        assertThat(now.get(world.pupils().get(1)).state()).isEqualTo(State.PRESENT);
        assertThat(now.get(world.pupils().get(1)).custodian()).isEqualTo(world.carer().staff());
        assertThat(now.get(world.pupils().getFirst()).state()).isEqualTo(State.MISSING);
        assertThat(now.get(world.pupils().getFirst()).red()).isTrue();
        assertThat(openAlarms()).containsExactly("MISSING");
    }

    @Test
    void every_kind_of_fact_comes_back_from_its_row_as_it_was() {
        UUID a = UUID.randomUUID();
        UUID b = UUID.randomUUID();
        Instant t = afternoons.moment("16:00");
        List<Fact> all = List.of(
                new Fact.Away(), new Fact.Arrived(), new Fact.Excused(t, t.plusSeconds(60), Fact.Told.PHONE), new Fact.ExcuseLifted(), new Fact.Sent(a, b, null), new Fact.Sent(a, null, b),
                new Fact.Counted(a, b, t), new Fact.Missed(a, null), new Fact.CalledOut(a, Fact.Where.INFIRMARY), new Fact.CameBack(a), new Fact.Traced(Fact.Step.ASKED_GATE),
                new Fact.KeptLate(a, null), new Fact.KeptLate(a, t), new Fact.Collected(null, b, Fact.Proof.CODE), new Fact.WithLine(a, b), new Fact.WalkedHome(null, b), new Fact.Swiped(a, true),
                new Fact.Accounted(null, b), new Fact.Accounted(a, b), new Fact.Undone(a, b, false));
        assertThat(all.stream().map(Object::getClass).distinct().map(Class::getSimpleName)).containsExactlyInAnyOrderElementsOf(kinds(Fact.class));
        assertThat(all).allSatisfy(fact -> assertThat(Row.of(fact).fact()).isEqualTo(fact));
    }

    @Test
    void the_same_command_again_changes_nothing_and_its_key_for_other_words_is_refused() {
        open();
        List<ToldOf> roll = world.pupils().stream().map(p -> counted(p, "15:59")).toList();
        afternoons.at("16:00");
        tell(roll);
        long before = events();
        assertThat(tell(roll)).allMatch(d -> d instanceof Decision.Already);
        assertThat(events()).isEqualTo(before);
        ToldOf first = roll.getFirst();
        ToldOf other = new ToldOf(first.pupil(), new Telling(first.telling().key(), first.telling().at(), first.telling().teller(), new Fact.Missed(world.carer().staff(), world.own()), true));
        assertThat(tell(List.of(other))).containsExactly(new Decision.Refused(Decision.Why.KEY_REUSED));
        assertThat(events()).isEqualTo(before);
    }

    @Test
    void batches_that_come_late_and_in_any_order_end_in_the_same_standing() {
        Random random = new Random(41);
        List<ToldOf> afternoon = new ArrayList<>();
        for (UUID p : world.pupils()) {
            afternoon.add(sent(p, "16:01"));
            afternoon.add(counted(p, "16:04"));
            afternoon.add(told(p, "16:20", Duty.SERVICE_TEACHER, new Fact.CalledOut(world.carer().staff(), Fact.Where.TOILET)));
            afternoon.add(told(p, "16:24", Duty.SERVICE_TEACHER, new Fact.CameBack(world.carer().staff())));
        }
        open();
        afternoons.at("16:30");
        tell(afternoon);
        List<ChildStanding> inOrder = meaning(standings());
        World first = world;
        world = afternoons.world(6, 4);
        List<ToldOf> same = new ArrayList<>();
        for (ToldOf t : afternoon) same.add(ofThisWorld(first, t));
        Collections.shuffle(same, random);
        open();
        afternoons.at("16:30");
        for (ToldOf one : same) tell(List.of(one));
        assertThat(meaning(standings()).stream().map(ChildStanding::state)).containsExactlyElementsOf(inOrder.stream().map(ChildStanding::state).toList());
        assertThat(standings().values()).allMatch(s -> s.state() == State.PRESENT && s.entries() == 4 && world.carer().staff().equals(s.custodian()));
    }

    @Test
    void two_teachers_who_roll_one_session_at_one_moment_lose_nothing_and_never_deadlock() throws Exception {
        open();
        afternoons.at("16:05");
        for (int round = 0; round < 5; round++) {
            List<ToldOf> one = new ArrayList<>(world.pupils().stream().map(p -> counted(p, "16:05")).toList());
            List<ToldOf> other = new ArrayList<>(world.pupils().stream().map(p -> counted(p, "16:05")).toList().reversed());
            together(() -> tell(one), () -> tell(other));
        }
        assertThat(events()).isEqualTo(60);
        assertThat(standings().values()).allMatch(s -> s.entries() == 10 && s.state() == State.PRESENT);
    }

    @Test
    void without_the_lock_the_same_race_makes_the_standing_forget_an_entry() throws Exception {
        open();
        afternoons.at("16:05");
        CyclicBarrier bothHaveRead = new CyclicBarrier(2);
        CustodyStore unlocked = new CustodyStore(sql) {
            @Override
            Map<UUID, Locked> lock(UUID school, LocalDate day, Collection<UUID> pupils) {
                Map<UUID, Locked> seen = new java.util.LinkedHashMap<>();
                super.read(school, day, pupils).forEach((pupil, p) -> seen.put(pupil, new Locked(pupil, p.planned(), p.entries(), p.alarms())));
                return seen;
            }

            @Override
            Map<UUID, List<Entry>> chains(UUID school, LocalDate day, Collection<UUID> pupils) {
                Map<UUID, List<Entry>> read = super.chains(school, day, pupils);
                await(bothHaveRead);
                return read;
            }
        };
        ChildDays racing = new ChildDays(unlocked, new KnownChains(), plans, limits, trial, events, clock);
        UUID child = world.pupils().getFirst();
        together(
                () -> given.in(world.school(), () -> racing.tell(world.school(), DAY, List.of(counted(child, "16:05")))),
                () -> given.in(world.school(), () -> racing.tell(world.school(), DAY, List.of(counted(child, "16:05")))));
        assertThat(events()).isEqualTo(2);
        assertThat(standings().get(child).entries()).as("the projection no longer says what the chain says").isEqualTo(1);
    }

    @Test
    @Req("P10")
    void a_child_of_another_school_or_of_another_family_is_not_found() {
        open();
        World mine = world;
        World other = afternoons.world(2, 0);
        ToldOf foreign = counted(mine.pupils().getFirst(), "16:00");
        assertThatThrownBy(() -> given.in(other.school(), () -> childDays.tell(other.school(), DAY, List.of(foreign)))).isInstanceOf(NotFound.class);
        Scope family = Scope.family(UUID.randomUUID(), List.of(mine.school()), List.of(mine.pupils().get(1)));
        assertThatThrownBy(() -> given.within(family, () -> childDays.tell(mine.school(), DAY, List.of(foreign)))).isInstanceOf(NotFound.class);
        assertThat(given.within(family, () -> childDays.ofDay(mine.school(), DAY)).keySet()).containsExactly(mine.pupils().get(1));
    }

    @Test
    @Req("R83")
    void a_day_that_is_opened_after_its_bell_rings_at_once() {
        // A week later the house was down until then; the families' answers are the same.
        LocalDate later = DAY.plusWeeks(1);
        given.in(world.school(), () -> sql.sql("""
                insert into custody.stay select (jsonb_populate_record(a, jsonb_build_object('day', cast(:later as date)))).* from custody.stay a where a.school_id = :s and a.day = :d
                """)
                .param("s", world.school())
                .param("d", DAY)
                .param("later", later)
                .update());
        afternoons.at("16:40");
        ((ShiftableClock) clock).shiftBy(Duration.ofDays(7));
        given.in(world.school(), () -> childDays.open(world.school(), later));
        assertThat(given.in(world.school(), () -> childDays.ofDay(world.school(), later)).values()).isNotEmpty().allMatch(ChildStanding::red);
        List<UUID> ringing = given.in(world.school(), () -> sql.sql("select pupil_id from custody.alarm where school_id = :s and day = :d and closed_at is null and red").param("s", world.school()).param("d", later).query(UUID.class).list());
        assertThat(ringing).containsExactlyInAnyOrderElementsOf(world.pupils());
    }

    @Test
    @Req("R84")
    void the_clock_rings_for_a_class_that_nobody_hands_over_and_falls_silent_when_somebody_does() {
        open();
        afternoons.at("16:14");
        given.in(world.school(), () -> childDays.tick(world.school()));
        assertThat(openAlarms()).isEmpty();
        afternoons.at("16:15");
        given.in(world.school(), () -> childDays.tick(world.school()));
        assertThat(openAlarms()).hasSize(6).containsOnly("NOT_HANDED_OVER");
        assertThat(standings().values()).allMatch(ChildStanding::red);
        tell(world.pupils().stream().map(p -> counted(p, "16:15")).toList());
        assertThat(openAlarms()).isEmpty();
        assertThat(given.in(world.school(), () -> childDays.tick(world.school()))).as("nothing is due twice").isZero();
    }

    @Test
    void a_changed_plan_is_read_under_the_same_entries() {
        open();
        afternoons.at("16:01");
        tell(world.pupils().stream().map(p -> sent(p, "16:01")).toList());
        given.in(world.school(), () -> {
            afternoons.stay(world.school(), world.pupils().subList(0, 1), 0);
            childDays.replan(world.school(), DAY);
            return true;
        });
        assertThat(standings().get(world.pupils().getFirst()).sessions()).isEmpty();
        assertThat(standings().get(world.pupils().getFirst()).entries()).isEqualTo(1);
        assertThat(standings().get(world.pupils().get(1)).sessions()).hasSize(2);
    }

    @Test
    void a_class_of_thirty_costs_as_many_statements_as_one_child() {
        world = afternoons.world(30, 10);
        open();
        afternoons.at("16:05");
        AtomicInteger asked = new AtomicInteger();
        JdbcClient counting = (JdbcClient) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {JdbcClient.class}, (proxy, method, args) -> {
            asked.incrementAndGet();
            return method.invoke(sql, args);
        });
        ChildDays counted = new ChildDays(new CustodyStore(counting), new KnownChains(), plans, limits, trial, events, clock);
        given.in(world.school(), () -> counted.tell(world.school(), DAY, List.of(counted(world.pupils().getFirst(), "16:05"))));
        assertThat(asked.getAndSet(0)).as("locked, plan and chain read, written").isEqualTo(4);
        given.in(world.school(), () -> counted.tell(world.school(), DAY, world.pupils().stream().map(p -> counted(p, "16:06")).toList()));
        assertThat(asked.getAndSet(0)).as("the same for a class").isEqualTo(4);
        given.in(world.school(), () -> counted.tell(world.school(), DAY, world.pupils().stream().map(p -> counted(p, "16:07")).toList()));
        assertThat(asked.get()).as("what the node remembers is not read again").isEqualTo(1);
    }

    @Test
    void what_a_node_remembers_is_never_older_than_what_another_has_written() {
        open();
        afternoons.at("16:05");
        ChildDays one = new ChildDays(new CustodyStore(sql), new KnownChains(), plans, limits, trial, events, clock);
        ChildDays other = new ChildDays(new CustodyStore(sql), new KnownChains(), plans, limits, trial, events, clock);
        UUID child = world.pupils().getFirst();
        ToldOf first = counted(child, "16:05");
        ToldOf second = told(child, "16:06", Duty.SERVICE_TEACHER, new Fact.CalledOut(world.carer().staff(), Fact.Where.TOILET));
        assertThat(tell(one, first)).isInstanceOf(Decision.Recorded.class);
        assertThat(tell(other, second)).isInstanceOf(Decision.Recorded.class);
        assertThat(tell(one, second)).as("told on another node").isInstanceOf(Decision.Already.class);
        assertThat(tell(other, first)).isInstanceOf(Decision.Already.class);
        assertThat(tell(one, told(child, "16:07", Duty.SERVICE_TEACHER, new Fact.CameBack(world.carer().staff())))).isInstanceOf(Decision.Recorded.class);
        assertThat(standings().get(child).entries()).isEqualTo(3);
        assertThat(standings().get(child).state()).isEqualTo(State.PRESENT);
        given.in(world.school(), () -> {
            afternoons.stay(world.school(), List.of(child), 0);
            childDays.replan(world.school(), DAY);
            return true;
        });
        afternoons.at("16:49");
        tell(one, counted(child, "16:49"));
        assertThat(standings().get(child).alarms()).as("by the plan that another node has looked up again the child is late").containsExactly("WAITING_LATE");
    }

    @Test
    void what_another_node_read_at_a_later_moment_is_not_written_over_by_an_earlier_one() {
        After now = toldByAClockThatIsBehind(watched(false));
        assertThat(now.atOnce()).as("decided again under the lock").containsExactly(false);
        assertThat(now.alarms()).contains("NOT_COUNTED");
        assertThat(now.ringing()).isTrue();
    }

    @Test
    void without_a_look_at_the_moment_of_the_last_reading_an_alarm_that_rings_would_be_silenced() {
        After now = toldByAClockThatIsBehind(watched(true));
        assertThat(now.atOnce()).containsExactly(true);
        assertThat(now.alarms()).isEmpty();
        assertThat(now.ringing()).isFalse();
    }

    /** @param atOnce what came of each attempt to write what was decided from memory */
    private record After(List<Boolean> atOnce, List<String> alarms, boolean ringing) {}

    private record Watched(CustodyStore store, List<Boolean> atOnce) {}

    /** @param blind takes every reading for an old one */
    private Watched watched(boolean blind) {
        List<Boolean> atOnce = new ArrayList<>();
        return new Watched(
                new CustodyStore(sql) {
                    @Override
                    AtOnce tellAsKnown(UUID school, LocalDate day, Map<UUID, KnownChains.Known> known, List<Link> links, List<Projection> standings, Instant now) {
                        AtOnce once = super.tellAsKnown(school, day, known, links, standings, blind ? now.plus(Duration.ofDays(1)) : now);
                        atOnce.add(once.written());
                        return once;
                    }
                },
                atOnce);
    }

    /** One node remembers a child that was sent on at 16:01; another finds at 16:30 that nobody counted it; the first had asked its clock at 16:05, and asks again when it holds the row. */
    private After toldByAClockThatIsBehind(Watched watched) {
        open();
        afternoons.at("16:01");
        UUID child = world.pupils().getFirst();
        KnownChains remembered = new KnownChains();
        assertThat(tell(new ChildDays(watched.store(), remembered, plans, limits, trial, events, clock), sent(child, "16:01"))).isInstanceOf(Decision.Recorded.class);
        assertThat(watched.atOnce()).as("nothing is known of it yet").isEmpty();
        afternoons.at("16:30");
        given.in(world.school(), () -> childDays.tick(world.school()));
        assertThat(standings().get(child).alarms()).contains("NOT_COUNTED");
        ChildDays behind = new ChildDays(watched.store(), remembered, plans, limits, trial, events, asked(afternoons.moment("16:05"), afternoons.moment("16:31")));
        // Looked at before it is committed: the house's own clock would ring again a moment later.
        return given.in(world.school(), () -> {
            assertThat(behind.tell(world.school(), DAY, List.of(sent(child, "16:04")))).first().isInstanceOf(Decision.Recorded.class);
            boolean ringing = sql.sql("select exists (select from custody.alarm where school_id = :s and pupil_id = :p and kind = 'NOT_COUNTED' and closed_at is null)")
                    .param("s", world.school())
                    .param("p", child)
                    .query(Boolean.class)
                    .single();
            return new After(watched.atOnce(), childDays.ofDay(world.school(), DAY).get(child).alarms(), ringing);
        });
    }

    private static Clock asked(Instant first, Instant then) {
        AtomicInteger times = new AtomicInteger();
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return times.getAndIncrement() == 0 ? first : then;
            }
        };
    }

    @Test
    void two_who_tell_of_a_child_that_the_node_remembers_lose_nothing() throws Exception {
        assertThat(entriesAfterTwoAtOnce(sql)).as("events, and entries of the standing").containsExactly(3L, 3L);
    }

    @Test
    void without_the_lock_of_the_one_statement_the_same_race_makes_the_standing_forget_an_entry() throws Exception {
        JdbcClient unlocked = (JdbcClient) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {JdbcClient.class}, (proxy, method, args) ->
                args[0] instanceof String statement && statement.contains("held as materialized") ? sql.sql(statement.replace("for update", "")) : method.invoke(sql, args));
        assertThat(entriesAfterTwoAtOnce(unlocked)).containsExactly(3L, 2L);
    }

    /** The second tells while the first has told and is not committed: it goes on only when the first is. */
    private List<Long> entriesAfterTwoAtOnce(JdbcClient through) throws Exception {
        open();
        afternoons.at("16:05");
        UUID child = world.pupils().getFirst();
        ChildDays node = new ChildDays(new CustodyStore(through), new KnownChains(), plans, limits, trial, events, clock);
        assertThat(tell(node, counted(child, "16:05"))).isInstanceOf(Decision.Recorded.class);
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Decision> second = given.in(world.school(), () -> {
                assertThat(node.tell(world.school(), DAY, List.of(counted(child, "16:05")))).first().isInstanceOf(Decision.Recorded.class);
                Future<Decision> waiting = other.submit(() -> tell(node, counted(child, "16:05")));
                untilSomebodyWaitsForMe();
                return waiting;
            });
            assertThat(second.get(30, TimeUnit.SECONDS)).isInstanceOf(Decision.Recorded.class);
        }
        return List.of(events(), (long) standings().get(child).entries());
    }

    private void untilSomebodyWaitsForMe() {
        Instant limit = Instant.now(Clock.systemUTC()).plusSeconds(30);
        while (!sql.sql("select exists (select from pg_locks l where not l.granted and pg_backend_pid() = any(pg_blocking_pids(l.pid)))").query(Boolean.class).single()) {
            if (Instant.now(Clock.systemUTC()).isAfter(limit)) throw new IllegalStateException("nobody waits");
            Thread.onSpinWait();
        }
    }

    @Test
    void what_was_rolled_back_is_not_remembered() {
        open();
        afternoons.at("16:05");
        UUID child = world.pupils().getFirst();
        ToldOf lost = counted(child, "16:05");
        assertThatThrownBy(() -> given.in(world.school(), () -> {
                    childDays.tell(world.school(), DAY, List.of(lost));
                    throw new IllegalStateException("the node goes down");
                }))
                .hasMessage("the node goes down");
        assertThat(tell(List.of(told(child, "16:06", Duty.SERVICE_TEACHER, new Fact.Missed(world.carer().staff(), world.own()))))).first().isInstanceOf(Decision.Recorded.class);
        assertThat(tell(List.of(lost))).as("its key was never used").first().isInstanceOf(Decision.Recorded.class);
        assertThat(standings().get(child).entries()).isEqualTo(2);
    }

    private Decision tell(ChildDays node, ToldOf told) {
        return given.in(world.school(), () -> node.tell(world.school(), DAY, List.of(told))).getFirst();
    }

    private static Set<String> kinds(Class<?> sealed) {
        Class<?>[] parts = sealed.getPermittedSubclasses();
        if (parts == null) return Set.of(sealed.getSimpleName());
        return Arrays.stream(parts).flatMap(part -> kinds(part).stream()).collect(Collectors.toSet());
    }

    /** The house's own clock may have been quicker. */
    private void open() {
        given.in(world.school(), () -> childDays.open(world.school(), DAY));
        // The house's own clock may have opened the day while this world was still being made.
        given.in(world.school(), () -> {
            childDays.replan(world.school(), DAY);
            return true;
        });
        assertThat(given.in(world.school(), () -> childDays.open(world.school(), DAY))).as("a day opens once").isFalse();
    }

    private List<Decision> tell(List<ToldOf> told) {
        return given.in(world.school(), () -> childDays.tell(world.school(), DAY, told));
    }

    private Map<UUID, ChildStanding> standings() {
        return given.in(world.school(), () -> childDays.ofDay(world.school(), DAY));
    }

    private List<ChildStanding> meaning(Map<UUID, ChildStanding> standings) {
        return world.pupils().stream().map(standings::get).toList();
    }

    private long events() {
        return given.in(world.school(), () -> sql.sql("select count(*) from custody.event where school_id = :s").param("s", world.school()).query(Long.class).single());
    }

    private List<String> openAlarms() {
        return given.in(world.school(), () -> sql.sql("select kind from custody.alarm where school_id = :s and closed_at is null").param("s", world.school()).query(String.class).list());
    }

    private ToldOf sent(UUID pupil, String time) {
        return told(pupil, time, Duty.CLASS_TEACHER, new Fact.Sent(world.classTeacher().staff(), world.own(), null));
    }

    private ToldOf counted(UUID pupil, String time) {
        return told(pupil, time, Duty.SERVICE_TEACHER, new Fact.Counted(world.carer().staff(), world.own(), afternoons.moment("16:50")));
    }

    private ToldOf told(UUID pupil, String time, Duty duty, Fact fact) {
        UUID account = duty == Duty.CLASS_TEACHER ? world.classTeacher().account() : world.carer().account();
        return new ToldOf(pupil, new Telling(UUID.randomUUID(), afternoons.moment(time), new Teller(account, Set.of(duty)), fact, true));
    }

    private ToldOf ofThisWorld(World before, ToldOf told) {
        UUID pupil = world.pupils().get(before.pupils().indexOf(told.pupil()));
        String time = told.telling().at().atZone(afterbell.base.shared.web.Screen.ZONE).toLocalTime().toString();
        return switch (told.telling().fact()) {
            case Fact.Sent _ -> sent(pupil, time);
            case Fact.Counted _ -> counted(pupil, time);
            case Fact.CalledOut out -> told(pupil, time, Duty.SERVICE_TEACHER, new Fact.CalledOut(world.carer().staff(), out.where()));
            default -> told(pupil, time, Duty.SERVICE_TEACHER, new Fact.CameBack(world.carer().staff()));
        };
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void together(Callable<?> one, Callable<?> other) throws Exception {
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            Future<?> a = two.submit(one);
            Future<?> b = two.submit(other);
            a.get(30, TimeUnit.SECONDS);
            b.get(30, TimeUnit.SECONDS);
        }
    }
}
