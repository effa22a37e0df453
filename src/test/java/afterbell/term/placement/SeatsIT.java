package afterbell.term.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.testing.GivenRound;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Law 1, on a real database and with real races. */
@HouseTest
@Req({"R62", "P1", "P17"})
class SeatsIT {
    private static final long SEED = 11;
    private static final String BAND = "middle";

    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenRound rounds;

    @Autowired
    Seats seats;

    @Autowired
    JdbcClient sql;

    @Autowired
    Ids ids;

    @Autowired
    Clock clock;

    UUID school;
    UUID term;

    @BeforeEach
    void a_school() {
        school = given.school();
        term = terms.term(school);
    }

    UUID section(int capacity, String activity, UUID... slots) {
        UUID section = terms.section(school, term, terms.club(activity + ids.next(), slots).size(1, capacity));
        given.in(school, () -> {
            sql.sql("insert into placement.section_seats (school_id, section_id, term_id, activity, grade_lo, grade_hi, capacity, opens_at, closes_at) values (:s, :x, :t, :a, 3, 4, :c, '2020-01-01', '2099-01-01')")
                    .param("s", school).param("x", section).param("t", term).param("a", activity).param("c", capacity).update();
            for (UUID slot : slots)
                sql.sql("insert into placement.section_slot (school_id, section_id, band, slot_id) values (:s, :x, :b, :l)")
                        .param("s", school).param("x", section).param("b", BAND).param("l", slot).update();
            return section;
        });
        return section;
    }

    Seats.Answer asFamily(UUID pupil, UUID section, int grade) {
        return given.within(Scope.family(ids.next(), List.of(school), List.of(pupil)), () -> take(pupil, section, grade, Seats.Source.FIRST_COME));
    }

    Seats.Answer take(UUID pupil, UUID section, int grade, Seats.Source source) {
        return seats.take(school, new Seats.Wanted(ids.next(), pupil, section, grade, BAND, 0), source, null, clock.instant(), LocalDate.of(2026, 9, 14));
    }

    long held(UUID section) {
        return given.in(school, () -> sql.sql("select count(*) from placement.pub_seat where school_id = :s and section_id = :x").param("s", school).param("x", section).query(Long.class).single());
    }

    int taken(UUID section) {
        return given.in(school, () -> sql.sql("select taken from placement.pub_section_seats where school_id = :s and section_id = :x").param("s", school).param("x", section).query(Integer.class).single());
    }

    @Test
    void guardians_one_after_the_other_see_full_although_each_sees_only_its_own_child() {
        UUID section = section(2, "chess", ids.next());
        List<Seats.Answer> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) answers.add(asFamily(ids.next(), section, 3));
        assertThat(answers).containsExactly(Seats.Answer.SEATED, Seats.Answer.SEATED, Seats.Answer.FULL, Seats.Answer.FULL, Seats.Answer.FULL);
        assertThat(held(section)).isEqualTo(2);
    }

    @Test
    void a_guardian_takes_no_seat_for_somebody_elses_child() {
        UUID section = section(2, "chess", ids.next());
        UUID mine = ids.next();
        Seats.Answer answer = given.within(Scope.family(ids.next(), List.of(school), List.of(mine)), () -> take(ids.next(), section, 3, Seats.Source.FIRST_COME));
        assertThat(answer).isEqualTo(Seats.Answer.NOT_YOURS);
        assertThatThrownBy(() -> given.within(Scope.family(ids.next(), List.of(school), List.of(mine)), () -> take(mine, section, 3, Seats.Source.OVERRIDE))).rootCause().hasMessageContaining("takes no such seat");
    }

    @Test
    void each_refusal_has_its_own_answer() {
        UUID monday = ids.next();
        UUID chess = section(5, "chess", monday);
        UUID chess2 = section(5, "chess", ids.next());
        UUID drama = section(5, "drama", monday, ids.next());
        UUID pupil = ids.next();
        assertThat(asFamily(pupil, chess, 5)).isEqualTo(Seats.Answer.NOT_ELIGIBLE);
        assertThat(asFamily(pupil, chess, 3)).isEqualTo(Seats.Answer.SEATED);
        assertThat(asFamily(pupil, chess, 3)).isEqualTo(Seats.Answer.AGAIN);
        assertThat(asFamily(pupil, chess2, 3)).isEqualTo(Seats.Answer.ACTIVITY);
        assertThat(asFamily(pupil, drama, 3)).isEqualTo(Seats.Answer.CLASH);
        assertThat(asFamily(pupil, ids.next(), 3)).isEqualTo(Seats.Answer.UNKNOWN);
        given.in(school, () -> sql.sql("update placement.section_seats set closes_at = '2020-01-02' where school_id = :s and section_id = :x").param("s", school).param("x", chess2).update());
        assertThat(asFamily(ids.next(), chess2, 3)).isEqualTo(Seats.Answer.CLOSED);
    }

    @Test
    void a_seat_given_back_is_free_again_once() {
        UUID section = section(1, "chess", ids.next());
        UUID pupil = ids.next();
        assertThat(asFamily(pupil, section, 3)).isEqualTo(Seats.Answer.SEATED);
        UUID seat = given.in(school, () -> sql.sql("select seat_id from placement.pub_seat where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).query(UUID.class).single());
        Scope family = Scope.family(ids.next(), List.of(school), List.of(pupil));
        assertThat(given.within(family, () -> seats.leave(school, seat, new Seats.Act(null, clock.instant(), LocalDate.of(2026, 10, 9), LocalDate.of(2026, 10, 12)), "family"))).isTrue();
        assertThat(given.within(family, () -> seats.leave(school, seat, new Seats.Act(null, clock.instant(), LocalDate.of(2026, 10, 9), LocalDate.of(2026, 10, 12)), "family"))).isFalse();
        assertThat(taken(section)).isZero();
        assertThat(asFamily(ids.next(), section, 3)).isEqualTo(Seats.Answer.SEATED);
    }

    @Test
    void an_override_makes_room_for_one_and_the_room_goes_with_the_child() {
        UUID section = section(1, "chess", ids.next());
        asFamily(ids.next(), section, 3);
        UUID pupil = ids.next();
        Seats.Answer answer = given.in(school, () -> {
            seats.makeRoom(school, section);
            return take(pupil, section, 3, Seats.Source.OVERRIDE);
        });
        assertThat(answer).isEqualTo(Seats.Answer.SEATED);
        UUID seat = given.in(school, () -> sql.sql("select seat_id from placement.pub_seat where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).query(UUID.class).single());
        given.in(school, () -> seats.leave(school, seat, new Seats.Act(null, clock.instant(), LocalDate.of(2026, 10, 9), LocalDate.of(2026, 10, 12)), "office"));
        assertThat(asFamily(ids.next(), section, 3)).isEqualTo(Seats.Answer.FULL);
    }

    @Test
    void a_race_for_few_seats_oversells_nothing_and_leaves_no_wanted_seat_empty() throws Exception {
        UUID hot = section(10, "hot", ids.next());
        UUID cold = section(300, "cold", ids.next());
        Random random = new Random(SEED);
        List<Callable<Seats.Answer>> acts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            UUID pupil = ids.next();
            boolean wantsHot = random.nextInt(10) < 8;
            acts.add(() -> asFamily(pupil, wantsHot ? hot : cold, 3));
        }
        Map<Seats.Answer, Integer> count = together(acts);
        assertThat(held(hot)).isEqualTo(10);
        assertThat(taken(hot)).isEqualTo(10);
        assertThat(held(cold)).isEqualTo(taken(cold));
        assertThat(count.get(Seats.Answer.SEATED)).isEqualTo((int) (held(hot) + held(cold)));
    }

    @Test
    void one_child_wished_into_two_clubs_of_one_slot_at_once_gets_one() throws Exception {
        UUID slot = ids.next();
        List<UUID> sections = List.of(section(30, "a", slot), section(30, "b", slot), section(30, "c", slot));
        for (int round = 0; round < 10; round++) {
            UUID pupil = ids.next();
            List<Callable<Seats.Answer>> acts = new ArrayList<>();
            for (UUID s : sections) acts.add(() -> patiently(() -> asFamily(pupil, s, 3)));
            Map<Seats.Answer, Integer> count = together(acts);
            assertThat(count.get(Seats.Answer.SEATED)).isEqualTo(1);
        }
        for (UUID s : sections) assertThat(held(s)).isEqualTo(taken(s));
    }

    private List<UUID> children(int count) {
        return terms.pupils(school, terms.schoolClass(school, 3, 1), count);
    }

    private void declined(UUID section, UUID pupil, String why) {
        UUID round = rounds.open(school, term);
        given.in(school, () -> sql.sql("insert into placement.mark (school_id, round_id, section_id, pupil_id, band, refused, marked_by, marked_at) values (:s, :r, :x, :p, 0, :why, :by, :at)")
                .param("s", school).param("r", round).param("x", section).param("p", pupil).param("why", why, java.sql.Types.VARCHAR).param("by", ids.next()).param("at", java.sql.Timestamp.from(clock.instant())).update());
    }

    @Test
    @Req("R33")
    void whom_a_teacher_declined_takes_no_free_seat_by_any_way_but_the_offices_override() {
        UUID section = section(5, "chess", ids.next());
        UUID pupil = children(1).getFirst();
        declined(section, pupil, "level");
        Scope family = Scope.family(ids.next(), List.of(school), List.of(pupil));
        assertThat(asFamily(pupil, section, 3)).as("take_batch").isEqualTo(Seats.Answer.DECLINED);
        assertThat(given.within(family, () -> sql.sql("select placement.take_seat(:s, row(1, :seat, :p, :x, 3, :b, 0)::placement.seat_wish, 'first_come', null, :at, '2026-09-14')")
                .param("s", school).param("seat", ids.next()).param("p", pupil).param("x", section).param("b", BAND).param("at", java.sql.Timestamp.from(clock.instant())).query(String.class).single())).as("take_seat").isEqualTo("declined");
        Seats.Act act = new Seats.Act(null, clock.instant(), LocalDate.of(2026, 9, 11), LocalDate.of(2026, 9, 14));
        assertThat(given.within(family, () -> seats.await(school, ids.next(), new Seats.Wanted(ids.next(), pupil, section, 3, BAND, 0), "ask", act))).as("waiting list").isEqualTo("declined");
        assertThat(given.in(school, () -> take(pupil, section, 3, Seats.Source.JOIN))).isEqualTo(Seats.Answer.DECLINED);
        assertThat(taken(section)).isZero();
        assertThat(given.in(school, () -> take(pupil, section, 3, Seats.Source.OVERRIDE))).isEqualTo(Seats.Answer.SEATED);
    }

    @Test
    @Req("R33")
    void a_later_yes_of_the_teacher_counts() throws Exception {
        UUID section = section(5, "chess", ids.next());
        UUID pupil = children(1).getFirst();
        declined(section, pupil, "absent");
        Thread.sleep(2);
        declined(section, pupil, null);
        assertThat(asFamily(pupil, section, 3)).isEqualTo(Seats.Answer.SEATED);
    }

    @Test
    @Req("R33")
    void in_a_rush_no_declined_child_gets_a_seat_and_none_of_the_others_loses_one() throws Exception {
        UUID section = section(60, "hot", ids.next());
        List<Callable<Seats.Answer>> acts = new ArrayList<>();
        List<UUID> no = new ArrayList<>();
        Random random = new Random(SEED);
        for (UUID pupil : children(100)) {
            if (random.nextInt(10) < 5) {
                no.add(pupil);
                declined(section, pupil, "safety");
            }
            acts.add(() -> asFamily(pupil, section, 3));
        }
        Map<Seats.Answer, Integer> count = together(acts);
        assertThat(count).containsEntry(Seats.Answer.DECLINED, no.size()).containsEntry(Seats.Answer.SEATED, 100 - no.size());
        assertThat(given.in(school, () -> sql.sql("select pupil_id from placement.pub_seat where school_id = :s and section_id = :x").param("s", school).param("x", section).query(UUID.class).list())).doesNotContainAnyElementsOf(no);
        // Negative control: without what their teacher said the same children are seated.
        given.in(school, () -> sql.sql("delete from placement.mark where school_id = :s").param("s", school).update());
        UUID first = no.getFirst();
        assertThat(asFamily(first, section, 3)).isEqualTo(Seats.Answer.SEATED);
    }

    /** The negative control: the same race against "count, then insert" without the function's lock must oversell, else the race proves nothing. */
    @Test
    void the_same_race_without_the_lock_oversells() throws Exception {
        UUID section = section(500, "naive", ids.next());
        List<Callable<Seats.Answer>> acts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            UUID pupil = ids.next();
            acts.add(() -> given.in(school, () -> {
                long held = sql.sql("select count(*) from placement.pub_seat where school_id = :s and section_id = :x").param("s", school).param("x", section).query(Long.class).single();
                if (held >= 10) return Seats.Answer.FULL;
                sql.sql("select pg_sleep(0.005)").query((r, n) -> 0).single();
                return take(pupil, section, 3, Seats.Source.JOIN);
            }));
        }
        together(acts);
        assertThat(held(section)).isGreaterThan(10);
    }

    /** What every caller does with a batch that another transaction undid: once more. */
    private static Seats.Answer patiently(Callable<Seats.Answer> act) throws Exception {
        for (int i = 0; ; i++) {
            try {
                return act.call();
            } catch (org.springframework.dao.ConcurrencyFailureException e) {
                if (i == 5) throw e;
            }
        }
    }

    private static Map<Seats.Answer, Integer> together(List<Callable<Seats.Answer>> acts) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        Map<Seats.Answer, Integer> count = new HashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<Seats.Answer>> all = acts.stream()
                    .map(a -> threads.submit(() -> {
                        start.await();
                        return a.call();
                    }))
                    .toList();
            start.countDown();
            for (Future<Seats.Answer> f : all) count.merge(f.get(), 1, Integer::sum);
        }
        return count;
    }
}
