package afterbell.term.placement.changing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.term.placement.Rush;
import afterbell.term.placement.Seats;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenSeats;
import afterbell.testing.GivenTerm;
import afterbell.testing.GivenToken;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
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
import tools.jackson.databind.json.JsonMapper;

/** Joining, swapping and stopping through the pages, in term and in a rush. */
@HouseTest
@Req({"R60", "R62", "P1"})
class ChangingIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenSeats seats;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Seats door;

    @Autowired
    Rush rush;

    @Autowired
    JdbcClient sql;

    @Autowired
    Ids ids;

    @Autowired
    Clock clock;

    @Autowired
    GivenToken tokens;

    @Autowired
    GivenClass classes;

    @Autowired
    JsonMapper json;

    UUID school;
    UUID term;
    UUID monday;
    UUID tuesday;
    UUID klass;

    @BeforeEach
    void a_school() {
        school = given.school();
        term = seats.termToChangeIn(school);
        monday = terms.slot(term, DayOfWeek.MONDAY, 1);
        tuesday = terms.slot(term, DayOfWeek.TUESDAY, 1);
        klass = terms.schoolClass(school, 3, 1);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static Map<String, String> take(UUID section, String key, UUID... giving) {
        Map<String, String> fields = new HashMap<>(Map.of("section", section.toString(), "_key", key));
        if (giving.length > 0) fields.put("giving", giving[0].toString());
        return fields;
    }

    @Test
    void a_family_joins_a_free_section_and_the_same_tap_twice_is_one_seat() {
        UUID chess = seats.open(school, term, "CHESS", 3, monday);
        UUID pupil = terms.pupil(school, klass);
        Visitor family = visitors.signedIn(given.guardian(school, pupil));
        String page = family.get("/children/" + pupil + "/seats").body();
        assertThat(page).contains("data-test=\"free\"").contains("社团CHESS").contains("余 3 个名额").doesNotContain("?placement");
        String key = key();
        assertThat(family.post("/children/" + pupil + "/seats", take(chess, key)).statusCode()).isEqualTo(303);
        assertThat(family.post("/children/" + pupil + "/seats", take(chess, key)).statusCode()).isEqualTo(303);
        assertThat(seats.count(school, chess)).matches(GivenSeats.Count::sound).extracting(GivenSeats.Count::taken).isEqualTo(1);
        assertThat(family.post("/children/" + pupil + "/seats", take(UUID.randomUUID(), key())).statusCode()).isEqualTo(404);
        assertThat(family.post("/children/" + pupil + "/seats", Map.of("section", "nonsense", "_key", "nonsense")).statusCode()).isEqualTo(404);
    }

    @Test
    void a_swap_gives_the_old_seat_up_only_when_the_new_one_is_given() {
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        UUID drama = seats.open(school, term, "DRAMA", 1, monday);
        UUID robots = seats.open(school, term, "ROBOT", 1, monday);
        List<UUID> pupils = terms.pupils(school, klass, 2);
        UUID old = seats.seat(school, pupils.get(0), chess);
        seats.seat(school, pupils.get(1), drama);
        Visitor family = visitors.signedIn(given.guardian(school, pupils.get(0)));
        String way = "/children/" + pupils.get(0) + "/seats";
        assertThat(family.post(way, take(drama, key(), old)).statusCode()).as("drama is full").isEqualTo(422);
        assertThat(seats.members(school, chess)).containsExactly(pupils.get(0));
        assertThat(family.post(way, take(robots, key())).statusCode()).as("the clash is named, nothing happens").isEqualTo(422);
        assertThat(family.get(way).body()).contains("换成这个");
        assertThat(family.post(way, take(robots, key(), old)).statusCode()).isEqualTo(303);
        assertThat(seats.members(school, robots)).containsExactly(pupils.get(0));
        assertThat(seats.members(school, chess)).isEmpty();
        for (UUID s : List.of(chess, drama, robots)) assertThat(seats.count(school, s)).matches(GivenSeats.Count::sound);
    }

    @Test
    void nobody_gives_up_another_childs_seat() {
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        UUID drama = seats.open(school, term, "DRAMA", 1, tuesday);
        List<UUID> pupils = terms.pupils(school, klass, 2);
        UUID theirs = seats.seat(school, pupils.get(1), chess);
        Visitor family = visitors.signedIn(given.guardian(school, pupils.get(0)));
        assertThat(family.post("/children/" + pupils.get(0) + "/seats", take(drama, key(), theirs)).statusCode()).isEqualTo(422);
        assertThat(family.post("/children/" + pupils.get(0) + "/seats/" + theirs + "/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(family.get("/children/" + pupils.get(0) + "/seats/" + theirs).statusCode()).isEqualTo(404);
        assertThat(seats.members(school, chess)).containsExactly(pupils.get(1));
        assertThat(seats.members(school, drama)).isEmpty();
    }

    @Test
    void after_the_weeks_of_adding_and_dropping_the_office_swaps_and_families_still_join_and_stop() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), afterbell.base.shared.web.Screen.ZONE);
        org.assertj.core.api.Assumptions.assumeThat(today).isBetween(LocalDate.of(2026, 10, 19), LocalDate.of(2027, 1, 10));
        UUID other = given.school();
        UUID t = terms.term(other);
        UUID mondays = terms.slot(t, DayOfWeek.MONDAY, 1);
        UUID chess = seats.open(other, t, "CHESS", 1, mondays);
        UUID drama = seats.open(other, t, "DRAMA", 1, mondays);
        UUID pupil = terms.pupil(other, terms.schoolClass(other, 3, 1));
        UUID old = seats.seat(other, pupil, chess);
        Visitor family = visitors.signedIn(given.guardian(other, pupil));
        assertThat(family.post("/children/" + pupil + "/seats", take(drama, key(), old)).statusCode()).isEqualTo(422);
        Visitor office = visitors.signedIn(given.staff(other, Role.OFFICE));
        assertThat(office.get("/seats/children/" + pupil + "/seats").body()).contains("社团DRAMA").doesNotContain("?placement");
        assertThat(office.post("/seats/children/" + pupil + "/seats", take(drama, key(), old)).statusCode()).isEqualTo(303);
        assertThat(seats.members(other, drama)).containsExactly(pupil);
        UUID now = given.in(other, () -> sql.sql("select seat_id from placement.pub_seat where school_id = :s and pupil_id = :p").param("s", other).param("p", pupil).query(UUID.class).single());
        assertThat(family.post("/children/" + pupil + "/seats/" + now + "/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(family.post("/children/" + pupil + "/seats", take(chess, key())).statusCode()).isEqualTo(303);
    }

    @Test
    void a_child_has_no_more_sections_than_the_round_allows() {
        UUID chess = seats.open(school, term, "CHESS", 5, monday);
        UUID drama = seats.open(school, term, "DRAMA", 5, tuesday);
        given.in(school, () -> sql.sql("update placement.section_seats set child_most = 1 where school_id = :s").param("s", school).update());
        UUID pupil = terms.pupil(school, klass);
        Visitor family = visitors.signedIn(given.guardian(school, pupil));
        assertThat(family.post("/children/" + pupil + "/seats", take(chess, key())).statusCode()).isEqualTo(303);
        assertThat(family.post("/children/" + pupil + "/seats", take(drama, key())).statusCode()).isEqualTo(422);
    }

    /** 200 families over HTTP for the last seat, each with its session, token of origin, key and audit. */
    @Test
    void two_hundred_at_once_for_a_last_seat_seat_one_and_tell_the_others_what_they_can_do() throws Exception {
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        List<Callable<Integer>> acts = new ArrayList<>();
        for (int g = 0; g < 10; g++) {
            List<UUID> children = terms.pupils(school, klass, 20);
            Visitor family = visitors.signedIn(seats.guardianOf(school, children));
            for (UUID c : children) acts.add(() -> family.post("/children/" + c + "/seats", take(chess, key())).statusCode());
        }
        List<Integer> answers = together(acts, 32);
        assertThat(answers).allMatch(a -> a == 303 || a == 422);
        assertThat(answers.stream().filter(a -> a == 303)).hasSize(1);
        assertThat(seats.count(school, chess)).matches(GivenSeats.Count::sound).extracting(GivenSeats.Count::taken).isEqualTo(1);
        assertThat(given.in(school, () -> sql.sql("select count(*) from audit.entry where school_id = :s and action = 'placement.seat_taken'").param("s", school).query(Long.class).single())).isEqualTo(1);
    }

    /** The negative control: two hundred who look first and sit down then, as a page without the function would. */
    @Test
    void the_same_two_hundred_without_the_function_would_oversell() throws Exception {
        UUID chess = seats.open(school, term, "CHESS", 200, monday);
        List<Callable<Integer>> acts = new ArrayList<>();
        for (UUID c : terms.pupils(school, klass, 40))
            acts.add(() -> given.in(school, () -> {
                int taken = sql.sql("select taken from placement.section_seats where school_id = :s and section_id = :x").param("s", school).param("x", chess).query(Integer.class).single();
                sql.sql("select pg_sleep(0.01)").query((r, n) -> 0).single();
                if (taken >= 1) return 422;
                return door.take(school, new Seats.Wanted(ids.next(), c, chess, 3, "all", 0), Seats.Source.JOIN, null, clock.instant(), LocalDate.of(2026, 9, 14)).has() ? 303 : 422;
            }));
        assertThat(together(acts, 16).stream().filter(a -> a == 303).count()).isGreaterThan(1);
    }

    @Test
    void killed_between_giving_up_and_taking_nothing_is_half() {
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        UUID drama = seats.open(school, term, "DRAMA", 1, monday);
        UUID pupil = terms.pupil(school, klass);
        UUID old = seats.seat(school, pupil, chess);
        Scope family = Scope.family(ids.next(), List.of(school), List.of(pupil));
        assertThatThrownBy(() -> given.within(family, () -> {
            Seats.Answer answer = door.move(school, term, List.of(old), new Seats.Wanted(ids.next(), pupil, drama, 3, "all", 0), null, Seats.Source.SWAP, new Seats.Act(null, clock.instant(), LocalDate.of(2026, 9, 20), LocalDate.of(2026, 9, 21)));
            assertThat(answer).isEqualTo(Seats.Answer.SEATED);
            // The database's own process dies under us, as with kill -9.
            return sql.sql("select pg_terminate_backend(pg_backend_pid())").query((r, n) -> true).list();
        })).isInstanceOf(RuntimeException.class);
        assertThat(seats.members(school, chess)).containsExactly(pupil);
        assertThat(seats.members(school, drama)).isEmpty();
        assertThat(seats.count(school, chess)).matches(GivenSeats.Count::sound);
        assertThat(seats.count(school, drama)).matches(GivenSeats.Count::sound);
    }

    @Test
    @Req("P9")
    void a_program_takes_stops_waits_accepts_and_declines_as_the_page_does() {
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        List<UUID> pupils = terms.pupils(school, klass, 2);
        GivenToken.Program one = program(pupils.getFirst());
        GivenToken.Program other = program(pupils.getLast());
        String base = "/api/v1/children/" + pupils.getFirst();
        String others = "/api/v1/children/" + pupils.getLast();
        String wanted = "{\"section\":\"" + chess + "\"}";
        HttpResponse<String> taken = one.send("POST", base + "/seats", wanted, key());
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        String seat = json.readTree(taken.body()).path("seat").asString();
        assertThat(other.send("POST", others + "/seats", wanted, key()).statusCode()).isEqualTo(422);
        String wait = key();
        String place = json.readTree(other.send("POST", others + "/waiting", wanted, wait).body()).path("waiting").asString();
        assertThat(json.readTree(other.send("POST", others + "/waiting", wanted, wait).body()).path("waiting").asString()).as("the same key").isEqualTo(place);
        assertThat(other.send("DELETE", others + "/seats/" + seat, "", "").statusCode()).isEqualTo(204);
        assertThat(seats.members(school, chess)).as("nobody stops for another child").containsExactly(pupils.getFirst());
        assertThat(other.send("DELETE", base + "/seats/" + seat, "", "").statusCode()).isEqualTo(404);
        assertThat(one.send("DELETE", base + "/seats/" + seat, "", "").statusCode()).isEqualTo(204);
        assertThat(one.send("DELETE", base + "/seats/" + seat, "", "").statusCode()).as("again changes nothing").isEqualTo(204);
        assertThat(other.send("POST", others + "/waiting/" + place + "/acceptance", "{}", key()).statusCode()).isEqualTo(200);
        assertThat(seats.members(school, chess)).containsExactly(pupils.getLast());
        String again = json.readTree(one.send("POST", base + "/waiting", wanted, key()).body()).path("waiting").asString();
        assertThat(one.send("DELETE", base + "/waiting/" + again, "", "").statusCode()).isEqualTo(204);
        assertThat(one.send("POST", base + "/waiting/" + again + "/acceptance", "{\"giving\":[null]}", key()).statusCode()).isEqualTo(422);
        assertThat(one.send("POST", base + "/waiting", "{}", key()).statusCode()).isEqualTo(404);
    }

    private GivenToken.Program program(UUID pupil) {
        return tokens.program(tokens.of(classes.grown(school, pupil, Role.GUARDIAN, "guardian", "M").account()));
    }

    private void rushOpen(UUID section, Duration from, Duration until) {
        given.in(school, () -> sql.sql("update placement.section_seats set opens_at = :a, closes_at = :b where school_id = :s and section_id = :x")
                .param("a", Timestamp.from(clock.instant().plus(from))).param("b", Timestamp.from(clock.instant().plus(until))).param("s", school).param("x", section).update());
    }

    @Test
    void before_the_hour_of_a_rush_nobody_takes_a_seat() {
        UUID chess = seats.open(school, term, "CHESS", 5, monday);
        rushOpen(chess, Duration.ofHours(1), Duration.ofHours(2));
        UUID pupil = terms.pupil(school, klass);
        Visitor family = visitors.signedIn(given.guardian(school, pupil));
        assertThat(family.get("/children/" + pupil + "/seats").body()).contains("先到先得");
        assertThat(family.post("/children/" + pupil + "/seats", take(chess, key())).statusCode()).isEqualTo(422);
        assertThat(seats.members(school, chess)).isEmpty();
    }

    @Test
    void a_rush_through_the_queue_sells_each_seat_once_and_a_repeated_key_finds_its_seat() throws Exception {
        UUID hot = seats.open(school, term, "HOT", 7, monday);
        UUID cold = seats.open(school, term, "COLD", 300, tuesday);
        rushOpen(hot, Duration.ofHours(-1), Duration.ofHours(2));
        rushOpen(cold, Duration.ofHours(-1), Duration.ofHours(2));
        List<Callable<Integer>> acts = new ArrayList<>();
        for (int g = 0; g < 5; g++) {
            List<UUID> children = terms.pupils(school, klass, 20);
            Visitor family = visitors.signedIn(seats.guardianOf(school, children));
            for (UUID c : children)
                for (UUID section : List.of(hot, cold)) {
                    String key = key();
                    // Each tap is sent twice, as impatient phones do.
                    acts.add(() -> family.post("/children/" + c + "/seats", take(section, key)).statusCode());
                    acts.add(() -> family.post("/children/" + c + "/seats", take(section, key)).statusCode());
                }
        }
        List<Integer> answers = together(acts, 32);
        assertThat(answers).allMatch(a -> a == 303 || a == 422);
        assertThat(seats.count(school, hot)).matches(GivenSeats.Count::sound).extracting(GivenSeats.Count::taken).isEqualTo(7);
        assertThat(seats.count(school, cold)).matches(GivenSeats.Count::sound).extracting(GivenSeats.Count::taken).as("no wanted seat stays empty").isEqualTo(100);
        assertThat(given.in(school, () -> sql.sql("select count(*) from audit.entry where school_id = :s and action = 'placement.seat_taken'").param("s", school).query(Long.class).single())).as("one entry per seat").isEqualTo(107);
    }

    @Test
    void a_seat_given_back_in_a_rush_is_wanted_again_at_once() {
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        rushOpen(chess, Duration.ofHours(-1), Duration.ofHours(2));
        List<UUID> pupils = terms.pupils(school, klass, 2);
        UUID seat = ids.next();
        assertThat(rush.take(school, new Seats.Wanted(seat, pupils.get(0), chess, 3, "all", 0), ids.next(), clock.instant(), LocalDate.of(2026, 9, 21))).contains(Seats.Answer.SEATED);
        assertThat(rush.take(school, new Seats.Wanted(ids.next(), pupils.get(1), chess, 3, "all", 0), ids.next(), clock.instant(), LocalDate.of(2026, 9, 21))).contains(Seats.Answer.FULL);
        given.in(school, () -> door.leave(school, seat, new Seats.Act(null, clock.instant(), LocalDate.of(2026, 9, 20), LocalDate.of(2026, 9, 21)), "office"));
        assertThat(rush.take(school, new Seats.Wanted(ids.next(), pupils.get(1), chess, 3, "all", 0), ids.next(), clock.instant(), LocalDate.of(2026, 9, 21))).as("FULL is not remembered beyond a cancellation").contains(Seats.Answer.SEATED);
        assertThat(rush.take(school, new Seats.Wanted(seat, pupils.get(0), chess, 3, "all", 0), ids.next(), clock.instant(), LocalDate.of(2026, 9, 21))).as("an old command come late does nothing").contains(Seats.Answer.FULL);
    }

    @Test
    void a_tap_sent_twice_finds_its_seat_also_where_the_club_is_remembered_as_full() {
        UUID chess = seats.open(school, term, "CHESS", 1, monday);
        rushOpen(chess, Duration.ofHours(-1), Duration.ofHours(2));
        List<UUID> pupils = terms.pupils(school, klass, 2);
        Visitor quick = visitors.signedIn(given.guardian(school, pupils.getFirst()));
        Visitor late = visitors.signedIn(given.guardian(school, pupils.getLast()));
        String key = key();
        assertThat(quick.post("/children/" + pupils.getFirst() + "/seats", take(chess, key)).statusCode()).isEqualTo(303);
        HttpResponse<String> full = late.post("/children/" + pupils.getLast() + "/seats", take(chess, key()));
        assertThat(full.statusCode()).isEqualTo(422);
        assertThat(full.body()).contains("刚刚满了", "/children/" + pupils.getLast() + "/waiting", "value=\"" + chess + "\"");
        assertThat(quick.post("/children/" + pupils.getFirst() + "/seats", take(chess, key)).statusCode()).isEqualTo(303);
        assertThat(late.post("/children/" + pupils.getLast() + "/waiting", take(chess, key())).statusCode()).as("what the page offers works").isEqualTo(303);
        assertThat(late.get("/children/" + pupils.getLast() + "/seats").body()).contains("候补第 1 位");
    }

    private static List<Integer> together(List<Callable<Integer>> acts, int at) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(at)) {
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
