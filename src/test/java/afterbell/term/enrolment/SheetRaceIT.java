package afterbell.term.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.CommandKeys;
import afterbell.testing.GivenRound;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Two tabs, two guardians, the last second, the same key twice, a close in the middle of a save. Each race has its control: without the guard it goes wrong. */
@HouseTest
class SheetRaceIT {
    private static final Sheet MONDAY = new Sheet(true, Map.of(1, 2), Map.of(), Sheet.Waiting.ASK);
    private static final Sheet FRIDAY = new Sheet(true, Map.of(5, 1), Map.of(), Sheet.Waiting.ASK);

    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenRound rounds;

    @Autowired
    Enrolments enrolments;

    @Autowired
    SheetStore sheets;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    Ids ids;

    @Autowired
    Clock clock;

    final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    UUID school;
    UUID child;
    UUID round;
    Scope family;

    @BeforeEach
    void an_open_round() {
        school = given.school();
        UUID term = terms.term(school);
        child = terms.pupil(school, terms.schoolClass(school, 3, 2));
        terms.section(school, term, terms.club("C1", terms.slot(term, DayOfWeek.TUESDAY, 2)));
        round = rounds.open(school, term);
        family = Scope.family(new UUID(0, 1), List.of(school), List.of(child));
    }

    private SheetCommand command(Sheet asked, int basedOn, UUID key, Instant at) {
        return new SheetCommand(school, child, round, asked, basedOn, new UUID(0, 1), false, false, key, at);
    }

    private Outcome<Integer> save(SheetCommand command) {
        return Scopes.within(family, () -> enrolments.save(command));
    }

    private FamilySheet stored() {
        return given.within(family, () -> enrolments.sheet(school, round, child));
    }

    private <T> List<T> together(List<Supplier<T>> acts) {
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<T>> all = acts.stream().map(act -> CompletableFuture.supplyAsync(() -> {
            try {
                start.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return act.get();
        }, threads)).toList();
        start.countDown();
        return all.stream().map(CompletableFuture::join).toList();
    }

    @Test
    void of_two_tabs_that_save_at_once_one_wins_and_the_other_is_asked() {
        for (int i = 0; i < 10; i++) {
            int before = i == 0 ? 0 : stored().version();
            Sheet one = i % 2 == 0 ? MONDAY : new Sheet(true, Map.of(2, 1), Map.of(), Sheet.Waiting.ASK);
            Sheet two = i % 2 == 0 ? FRIDAY : new Sheet(true, Map.of(4, 2), Map.of(), Sheet.Waiting.ASK);
            List<Outcome<Integer>> outcomes = together(List.of(() -> save(command(one, before, ids.next(), clock.instant())), () -> save(command(two, before, ids.next(), clock.instant()))));
            assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
            assertThat(outcomes).filteredOn(o -> o instanceof Outcome.Refused<Integer>(var why) && why.getFirst() instanceof SheetRefusal.ChangedMeanwhile).hasSize(1);
            assertThat(stored().version()).isEqualTo(before + 1);
        }
    }

    @Test
    void control_without_the_version_the_second_tab_silently_overwrites_the_first() {
        save(command(MONDAY, 0, ids.next(), clock.instant()));
        // Both tabs pretend to have seen whatever is stored: what the version check prevents.
        for (Sheet typed : List.of(new Sheet(true, Map.of(2, 1), Map.of(), Sheet.Waiting.ASK), FRIDAY)) assertThat(save(command(typed, stored().version(), ids.next(), clock.instant()))).isInstanceOf(Outcome.Done.class);
        assertThat(stored().sheet()).isEqualTo(FRIDAY);
    }

    @Test
    @Req("R28")
    void two_guardians_meet_on_one_page_that_shows_both_and_keeps_the_typing() {
        Visitor mother = visitors.signedIn(given.guardian(school, child));
        Visitor father = visitors.signedIn(given.guardian(school, child));
        String sheet = "/children/" + child + "/sheet/" + round;
        mother.get(sheet);
        father.get(sheet);
        assertThat(mother.post(sheet, Map.of("_key", ids.next().toString(), "version", "0", "part", "yes", "d1", "2")).statusCode()).isEqualTo(303);
        var refused = father.post(sheet, Map.of("_key", ids.next().toString(), "version", "0", "part", "yes", "d5", "1"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("data-test=\"take-theirs\"").contains("data-test=\"take-mine\"").contains("另一位监护人").contains("周一").containsPattern("data-test=\"d5-1\" checked");
        assertThat(stored().sheet()).isEqualTo(MONDAY);
        assertThat(father.post(sheet, Map.of("_key", ids.next().toString(), "version", "1", "part", "yes", "d5", "1")).statusCode()).isEqualTo(303);
        assertThat(stored().sheet()).isEqualTo(FRIDAY);
        assertThat(mother.get(sheet).body()).contains("谁改过");
    }

    @Test
    @Req("R58")
    void what_reached_the_school_a_millisecond_before_the_close_counts_and_what_came_at_the_close_does_not() {
        Instant closes = clock.instant().minusSeconds(5);
        UUID term = terms.term(school, 2027);
        round = rounds.round(school, term, closes.minusSeconds(3600), closes);
        assertThat(save(command(Sheet.NO, 0, ids.next(), closes.minusMillis(1)))).isInstanceOf(Outcome.Done.class);
        assertThat(save(command(MONDAY, 1, ids.next(), closes))).isEqualTo(Outcome.refused(new SheetRefusal.Closed(closes)));
    }

    @Test
    void a_key_sent_twenty_times_at_once_is_one_save() {
        UUID key = ids.next();
        Instant at = clock.instant();
        List<Supplier<Outcome<Integer>>> acts = new ArrayList<>();
        for (int i = 0; i < 20; i++) acts.add(() -> save(command(MONDAY, 0, key, at)));
        assertThat(together(acts)).allMatch(o -> o.equals(Outcome.done(1)));
        assertThat(stored().version()).isOne();
    }

    @Test
    void a_key_with_another_sheet_is_not_done() {
        UUID key = ids.next();
        save(command(MONDAY, 0, key, clock.instant()));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> save(command(FRIDAY, 1, key, clock.instant()))).isInstanceOf(CommandKeys.OtherCommand.class);
        assertThat(stored().sheet()).isEqualTo(MONDAY);
    }

    @Test
    @Req("R58")
    void a_close_waits_for_the_save_under_way() throws Exception {
        save(command(MONDAY, 0, ids.next(), clock.instant()));
        Instant at = clock.instant();
        CompletableFuture<Outcome<Integer>> saving;
        CompletableFuture<Boolean> closing;
        try (Held held = hold()) {
            saving = CompletableFuture.supplyAsync(() -> save(command(FRIDAY, 1, ids.next(), at)), threads);
            held.waitFor(1);
            closing = CompletableFuture.supplyAsync(() -> given.in(school, () -> close(at)), threads);
            assertThat(stillGoing(closing)).as("the close waits").isTrue();
        }
        assertThat(saving.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Done.class);
        assertThat(closing.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(stored().sheet()).isEqualTo(FRIDAY);
        assertThat(stored().round().state()).isEqualTo(Round.State.CLOSED);
    }

    @Test
    void control_a_close_that_does_not_wait_shuts_the_round_over_a_save_under_way() throws Exception {
        save(command(MONDAY, 0, ids.next(), clock.instant()));
        Instant at = clock.instant();
        try (Held held = hold()) {
            CompletableFuture<Outcome<Integer>> saving = CompletableFuture.supplyAsync(() -> save(command(FRIDAY, 1, ids.next(), at)), threads);
            held.waitFor(1);
            CompletableFuture<Boolean> closing = CompletableFuture.supplyAsync(() -> given.in(school, () -> bareClose(at)), threads);
            assertThat(stillGoing(closing)).as("nothing holds it").isFalse();
            assertThat(given.in(school, () -> sql.sql("select takes_part from enrolment.pub_sheet_day d join enrolment.sheet s using (school_id, round_id, pupil_id) where d.weekday = 5 and d.until_ordinal = 1").query(Boolean.class).list()))
                    .as("the draw would read the sheet without the save that came in time").isEmpty();
            held.close();
            saving.get(20, TimeUnit.SECONDS);
        }
    }

    private boolean close(Instant at) {
        sql.sql("update enrolment.round set closes_at = :at where school_id = :s and round_id = :r").param("at", java.sql.Timestamp.from(at)).param("s", school).param("r", round).update();
        enrolments.close(school, round, clock.instant());
        return true;
    }

    private boolean bareClose(Instant at) {
        return sql.sql("update enrolment.round set state = 'closed', closed_at = :at, closes_at = :at where school_id = :s and round_id = :r").param("at", java.sql.Timestamp.from(at)).param("s", school).param("r", round).update() == 1;
    }

    private static boolean stillGoing(CompletableFuture<?> act) throws Exception {
        try {
            act.get(700, TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        }
    }

    private Held hold() throws InterruptedException {
        return new Held();
    }

    /** Another transaction that holds the child's sheet, so that a save stands still in the middle. */
    private final class Held implements AutoCloseable {
        private final CountDownLatch release = new CountDownLatch(1);
        private final CountDownLatch held = new CountDownLatch(1);
        private final CompletableFuture<Void> holder;

        Held() throws InterruptedException {
            holder = CompletableFuture.runAsync(() -> Scopes.within(family, () -> transactions.executeWithoutResult(t -> {
                sql.sql("select 1 from enrolment.sheet where round_id = :r for update").param("r", round).query(Integer.class).list();
                held.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            })), threads);
            held.await();
        }

        /** Until so many others stand before the lock. */
        void waitFor(int waiting) throws InterruptedException {
            for (int i = 0; i < 200; i++) {
                int now = given.in(school, () -> sql.sql("select count(*)::int from pg_locks where not granted and locktype in ('transactionid', 'tuple')").query(Integer.class).single());
                if (now >= waiting) return;
                Thread.sleep(25);
            }
            throw new AssertionError("nobody waits");
        }

        @Override
        public void close() {
            release.countDown();
            holder.join();
        }
    }
}
