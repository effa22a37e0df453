package afterbell.term.placement.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenSeats;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** Waiting lists with held offers, as families and the clock use them. */
@HouseTest
@Req({"P17", "R60"})
class OffersIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenSeats seats;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    OffersJob job;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    UUID school;
    UUID term;
    UUID monday;
    UUID klass;
    List<UUID> pupils;

    @BeforeEach
    void a_school() {
        school = given.school();
        term = seats.termToChangeIn(school);
        monday = terms.slot(term, DayOfWeek.MONDAY, 1);
        klass = terms.schoolClass(school, 3, 1);
        pupils = terms.pupils(school, klass, 6);
    }

    private Visitor familyOf(UUID pupil) {
        return visitors.signedIn(given.guardian(school, pupil));
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    @Test
    void a_freed_seat_is_held_for_the_next_of_the_list_and_nobody_else_gets_it() {
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        UUID seat = seats.seat(school, pupils.get(0), chess);
        UUID second = seats.waits(school, term, pupils.get(2), chess, 30_000_007, "ask");
        UUID first = seats.waits(school, term, pupils.get(1), chess, 20_000_050, "ask");

        Visitor leaver = familyOf(pupils.get(0));
        assertThat(leaver.get("/children/" + pupils.get(0) + "/seats/" + seat).body()).contains("CHESS").doesNotContain("?placement");
        assertThat(leaver.post("/children/" + pupils.get(0) + "/seats/" + seat + "/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(seats.stateOf(school, first)).isEqualTo("offered");
        assertThat(seats.stateOf(school, second)).isEqualTo("waiting");
        assertThat(seats.count(school, chess)).matches(GivenSeats.Count::sound).extracting(GivenSeats.Count::held).isEqualTo(1);

        Visitor stranger = familyOf(pupils.get(3));
        HttpResponse<String> grab = stranger.post("/children/" + pupils.get(3) + "/seats", Map.of("section", chess.toString(), "_key", key()));
        assertThat(grab.statusCode()).isEqualTo(422);
        assertThat(stranger.post("/children/" + pupils.get(3) + "/waiting/" + first + "/acceptance", Map.of("_key", key())).statusCode()).as("somebody else's offer").isEqualTo(422);
        assertThat(stranger.post("/children/" + pupils.get(1) + "/waiting/" + first + "/acceptance", Map.of("_key", key())).statusCode()).as("somebody else's child").isEqualTo(404);

        Visitor family = familyOf(pupils.get(1));
        String page = family.get("/children/" + pupils.get(1) + "/seats").body();
        assertThat(page).contains("data-test=\"offer\"").doesNotContain("?placement");
        assertThat(family.get("/").body()).contains("/children/" + pupils.get(1) + "/result");
        String once = key();
        assertThat(family.post("/children/" + pupils.get(1) + "/waiting/" + first + "/acceptance", Map.of("_key", once)).statusCode()).isEqualTo(303);
        assertThat(family.post("/children/" + pupils.get(1) + "/waiting/" + first + "/acceptance", Map.of("_key", once)).statusCode()).as("the same tap twice").isEqualTo(303);
        assertThat(seats.members(school, chess)).containsExactly(pupils.get(1));
        assertThat(seats.count(school, chess)).matches(GivenSeats.Count::sound);
    }

    @Test
    void an_offer_that_nobody_answers_goes_on_to_the_next_and_both_families_are_told() {
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        UUID seat = seats.seat(school, pupils.get(0), chess);
        UUID first = seats.waits(school, term, pupils.get(1), chess, 1, "ask");
        UUID second = seats.waits(school, term, pupils.get(2), chess, 2, "ask");
        Visitor slow = familyOf(pupils.get(1));
        familyOf(pupils.get(0)).post("/children/" + pupils.get(0) + "/seats/" + seat + "/removal", Map.of());

        job.run(clock.instant());
        assertThat(seats.stateOf(school, first)).as("within its time").isEqualTo("offered");
        job.run(clock.instant().plus(Duration.ofHours(23)));
        assertThat(seats.stateOf(school, first)).as("a day is held at least").isEqualTo("offered");
        job.run(clock.instant().plus(Duration.ofHours(48)));
        assertThat(seats.stateOf(school, first)).isEqualTo("expired");
        assertThat(seats.stateOf(school, second)).isEqualTo("offered");
        job.run(clock.instant().plus(Duration.ofHours(48)));
        assertThat(seats.stateOf(school, second)).as("the job twice is the job once").isEqualTo("offered");
        assertThat(seats.count(school, chess)).matches(GivenSeats.Count::sound);

        HttpResponse<String> late = slow.post("/children/" + pupils.get(1) + "/waiting/" + first + "/acceptance", Map.of("_key", key()));
        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(seats.members(school, chess)).isEmpty();
        assertThat(given.in(school, () -> sql.sql("select count(*) from placement.waiting where school_id = :s and told_at is not null").param("s", school).query(Long.class).single())).isEqualTo(2);
        assertThat(given.in(school, () -> sql.sql("select action from audit.entry where school_id = :s and action like 'placement.%' order by at").param("s", school).query(String.class).list()))
                .contains("placement.seat_left", "placement.seat_offered", "placement.offer_expired");
    }

    @Test
    void a_family_that_said_take_it_is_seated_at_once_and_asked_where_something_is_in_the_way() {
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        UUID drama = seats.open(school, term, "DRAMA", 5, monday);
        UUID seat = seats.seat(school, pupils.get(0), chess);
        seats.seat(school, pupils.get(1), drama);
        UUID clashing = seats.waits(school, term, pupils.get(1), chess, 1, "yes");
        UUID free = seats.waits(school, term, pupils.get(2), chess, 2, "yes");
        familyOf(pupils.get(0)).post("/children/" + pupils.get(0) + "/seats/" + seat + "/removal", Map.of());
        assertThat(seats.stateOf(school, clashing)).as("it would have to give up drama: it is asked").isEqualTo("offered");

        Visitor family = familyOf(pupils.get(1));
        assertThat(family.post("/children/" + pupils.get(1) + "/waiting/" + clashing + "/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(seats.stateOf(school, clashing)).isEqualTo("declined");
        assertThat(seats.stateOf(school, free)).as("said beforehand, and nothing in the way").isEqualTo("taken");
        assertThat(seats.members(school, chess)).containsExactly(pupils.get(2));
        assertThat(seats.members(school, drama)).as("who says no keeps what it has").containsExactly(pupils.get(1));
    }

    @Test
    void accepting_gives_up_what_is_in_the_way_and_that_seat_goes_on() {
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        UUID drama = seats.open(school, term, "DRAMA", 1, monday);
        UUID seat = seats.seat(school, pupils.get(0), chess);
        UUID old = seats.seat(school, pupils.get(1), drama);
        UUID offer = seats.waits(school, term, pupils.get(1), chess, 1, "ask");
        UUID next = seats.waits(school, term, pupils.get(2), drama, 1, "yes");
        familyOf(pupils.get(0)).post("/children/" + pupils.get(0) + "/seats/" + seat + "/removal", Map.of());
        Visitor family = familyOf(pupils.get(1));
        String way = "/children/" + pupils.get(1) + "/waiting/" + offer + "/acceptance";
        assertThat(family.post(way, Map.of("_key", key())).statusCode()).as("nothing is given up that the form did not name").isEqualTo(422);
        assertThat(seats.members(school, drama)).containsExactly(pupils.get(1));
        assertThat(family.post(way, Map.of("_key", key(), "giving", old.toString())).statusCode()).isEqualTo(303);
        assertThat(seats.members(school, chess)).containsExactly(pupils.get(1));
        assertThat(seats.members(school, drama)).containsExactly(pupils.get(2));
        assertThat(seats.stateOf(school, next)).isEqualTo("taken");
    }

    @Test
    void the_class_teacher_sees_who_has_not_answered_and_another_classs_does_not() {
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        UUID seat = seats.seat(school, pupils.get(0), chess);
        seats.waits(school, term, pupils.get(1), chess, 1, "ask");
        familyOf(pupils.get(0)).post("/children/" + pupils.get(0) + "/seats/" + seat + "/removal", Map.of());
        assertThat(visitors.signedIn(given.classTeacher(school, klass)).get("/offers").body()).contains("社团CHESS").doesNotContain("?placement");
        assertThat(visitors.signedIn(given.classTeacher(school, terms.schoolClass(school, 3, 2))).get("/offers").body()).doesNotContain("CHESS");
    }

    @Test
    void late_places_stand_behind_those_of_the_round() {
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        UUID seat = seats.seat(school, pupils.get(0), chess);
        Visitor eager = familyOf(pupils.get(1));
        assertThat(eager.post("/children/" + pupils.get(1) + "/waiting", Map.of("section", chess.toString(), "_key", key())).statusCode()).isEqualTo(303);
        UUID ofTheRound = seats.waits(school, term, pupils.get(2), chess, 39_000_999, "ask");
        assertThat(eager.get("/children/" + pupils.get(1) + "/seats").body()).contains("第 2 位");
        familyOf(pupils.get(0)).post("/children/" + pupils.get(0) + "/seats/" + seat + "/removal", Map.of());
        assertThat(seats.stateOf(school, ofTheRound)).isEqualTo("offered");
    }

    /** Accepting, expiring, joining and leaving at one moment, again and again: counters and rows agree, nothing is oversold, no held seat is lost. */
    @Test
    void a_storm_over_two_seats_keeps_every_counter_true() throws Exception {
        UUID chess = seats.open(school, term, "CHESS", 2, monday);
        List<UUID> many = terms.pupils(school, klass, 16);
        String user = seats.guardianOf(school, many);
        Visitor family = visitors.signedIn(user);
        List<Callable<Integer>> acts = new ArrayList<>();
        for (UUID p : many) {
            acts.add(() -> family.post("/children/" + p + "/seats", Map.of("section", chess.toString(), "_key", key())).statusCode());
            acts.add(() -> family.post("/children/" + p + "/waiting", Map.of("section", chess.toString(), "_key", key())).statusCode());
            acts.add(() -> {
                job.run(clock.instant().plus(Duration.ofHours(60)));
                return 303;
            });
            acts.add(() -> {
                for (UUID s : given.in(school, () -> sql.sql("select seat_id from placement.pub_seat where school_id = :s and pupil_id = :p").param("s", school).param("p", p).query(UUID.class).list()))
                    family.post("/children/" + p + "/seats/" + s + "/removal", Map.of());
                return 303;
            });
        }
        List<Integer> answers = together(acts);
        assertThat(answers).allMatch(a -> a == 303 || a == 422);
        assertThat(seats.count(school, chess)).matches(GivenSeats.Count::sound);
    }

    /** The negative control: where the hold does not count as taken, the next caller gets the seat that was promised. */
    @Test
    void without_the_hold_a_promised_seat_is_lost() {
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        UUID seat = seats.seat(school, pupils.get(0), chess);
        UUID offer = seats.waits(school, term, pupils.get(1), chess, 1, "ask");
        familyOf(pupils.get(0)).post("/children/" + pupils.get(0) + "/seats/" + seat + "/removal", Map.of());
        given.in(school, () -> sql.sql("update placement.section_seats set held = 0 where school_id = :s and section_id = :x").param("s", school).param("x", chess).update());
        assertThat(familyOf(pupils.get(2)).post("/children/" + pupils.get(2) + "/seats", Map.of("section", chess.toString(), "_key", key())).statusCode()).isEqualTo(303);
        assertThat(seats.members(school, chess)).containsExactly(pupils.get(2));
        assertThat(seats.count(school, chess)).as("the plant shows").matches(c -> !c.sound());
        assertThat(seats.stateOf(school, offer)).isEqualTo("offered");
    }

    private static List<Integer> together(List<Callable<Integer>> acts) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
            List<Future<Integer>> all = acts.stream()
                    .map(a -> threads.submit(() -> {
                        start.await();
                        return a.call();
                    }))
                    .toList();
            start.countDown();
            for (Future<Integer> f : all) answers.add(f.get());
        }
        return answers;
    }
}
