package afterbell.day.custody.swipes;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Telling;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenToken;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@HouseTest
class SwipesIT {
    private static final LocalDate DAY = GivenAfternoon.DAY;

    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    GivenToken tokens;

    @Autowired
    ChildDays childDays;

    @Autowired
    FoldSwipes folding;

    @Autowired
    CardRecords records;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Autowired
    JsonMapper json;

    World world;
    Visitor office;
    String key = "";

    @BeforeEach
    void a_gate_and_the_cards_of_six_children() {
        world = afternoons.world(6, 4);
        given.in(world.school(), () -> {
            childDays.open(world.school(), DAY);
            childDays.replan(world.school(), DAY);
            return true;
        });
        afternoons.at("16:20");
        office = visitors.signedIn(given.staff(world.school(), Role.OFFICE));
        office.get("/devices");
        HttpResponse<String> made = office.post("/devices", Map.of("name", "南门"));
        assertThat(made.statusCode()).isEqualTo(201);
        key = made.body().replaceAll("(?s).*(abd_[A-Za-z0-9_-]{40,}).*", "$1");
        assertThat(key).startsWith("abd_");
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    @Test
    @Req("R81")
    void a_card_that_says_left_while_the_roll_says_present_rings_and_moves_nobody() {
        UUID child = world.pupils().getFirst();
        link("CARD0001", child);
        tell(told(child, new Fact.Counted(world.carer().staff(), world.own(), afternoons.moment("16:50")), "16:05"));
        assertThat(send(List.of(swipe(7, "CARD-0001", "16:12", "out"))).at("/accepted").asInt()).isEqualTo(1);
        fold();
        assertThat(standing(child)).satisfies(s -> {
            assertThat(s.state()).isEqualTo(State.PRESENT);
            assertThat(s.custodian()).isEqualTo(world.carer().staff());
            assertThat(s.alarms()).containsExactly("CARD_SAYS_LEFT");
        });
        send(List.of(swipe(8, "card0001", "16:14", "in")));
        fold();
        assertThat(standing(child).red()).isFalse();
    }

    @Test
    @Req("R78")
    void a_schools_own_system_says_who_is_not_at_school_and_who_came_after_all() throws Exception {
        UUID child = world.pupils().getFirst();
        UUID other = world.pupils().get(1);
        UUID held = world.pupils().get(2);
        link("CARD0011", child);
        link("CARD0012", other);
        link("CARD0013", held);
        tell(told(held, new Fact.Counted(world.carer().staff(), world.own(), afternoons.moment("16:50")), "16:05"));
        String once = UUID.randomUUID().toString();
        Map<String, Object> word = Map.of("away", List.of("CARD-0011", "card0012", "CARD0013", "CARD9999", "?"));
        JsonNode answer = read(morning(key, once, word));
        assertThat(answer.at("/recorded").asInt()).isEqualTo(2);
        assertThat(answer.at("/unknown").toString()).isEqualTo("[3,4]");
        assertThat(answer.at("/refused").toString()).as("a teacher has it in hand").isEqualTo("[2]");
        assertThat(List.of(standing(child).state(), standing(other).state(), standing(held).state())).containsExactly(State.NOT_AT_SCHOOL, State.NOT_AT_SCHOOL, State.PRESENT);
        assertThat(standing(child).red()).isFalse();
        assertThat(read(morning(key, once, word)).at("/recorded").asInt()).as("said again it is known").isZero();
        assertThat(read(morning(key, UUID.randomUUID().toString(), Map.of("arrived", List.of("CARD0012")))).at("/recorded").asInt()).isEqualTo(1);
        assertThat(standing(other).state()).isNotEqualTo(State.NOT_AT_SCHOOL);
        assertThat(morning("abd_nobody", UUID.randomUUID().toString(), word).statusCode()).isEqualTo(401);
        assertThat(morning(key, UUID.randomUUID().toString(), Map.of()).statusCode()).isEqualTo(422);
        assertThat(morning(key, "no-key", word).statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> morning(String bearer, String once, Object body) throws Exception {
        return visitors.stranger().http().send(
                java.net.http.HttpRequest.newBuilder(java.net.URI.create(visitors.base() + "/api/v1/mornings"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + bearer)
                        .header("Idempotency-Key", once)
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @Req("R81")
    void a_card_that_says_came_in_while_the_child_is_looked_for_rings_too() {
        UUID child = world.pupils().getFirst();
        link("CARD0002", child);
        tell(told(child, new Fact.Missed(world.carer().staff(), world.own()), "16:05"));
        send(List.of(swipe(1, "CARD0002", "16:10", "in")));
        fold();
        assertThat(standing(child).alarms()).containsExactlyInAnyOrder("MISSING", "CARD_SAYS_HERE");
        assertThat(standing(child).state()).isEqualTo(State.MISSING);
    }

    @Test
    @Req("R81")
    void a_late_batch_folds_into_its_minute_whatever_the_order_and_a_wrong_clock_is_set_right() {
        UUID child = world.pupils().getFirst();
        link("CARD0003", child);
        tell(told(child, new Fact.Counted(world.carer().staff(), world.own(), afternoons.moment("16:50")), "16:15"));
        // Out at 16:02 and in again at 16:10, sent at 16:20 by a clock that is eight hours and three minutes behind, the later one first.
        List<Map<String, Object>> batch = List.of(swipe(2, "CARD0003", "16:10", "in"), swipe(1, "CARD0003", "16:02", "out"));
        long behind = 8 * 3600 + 180;
        List<Map<String, Object>> wrong = batch.stream().map(s -> at(s, Instant.parse((String) s.get("at")).minusSeconds(behind))).toList();
        long begun = System.nanoTime();
        JsonNode answer = read(post(key, Map.of("sent", afternoons.moment("16:20").minusSeconds(behind).toString(), "swipes", wrong)));
        assertThat(answer.at("/accepted").asInt()).isEqualTo(2);
        // The house's clock went on while the batch was on its way.
        assertThat(answer.at("/clockOff").asLong()).isBetween(behind, behind + 1 + (System.nanoTime() - begun) / 1_000_000_000);
        fold();
        List<Instant> times = given.in(world.school(), () -> sql.sql("select at from custody.pub_fact where school_id = :s and kind = 'swiped' order by at").param("s", world.school()).query((r, n) -> r.getTimestamp(1).toInstant().truncatedTo(java.time.temporal.ChronoUnit.MINUTES)).list());
        assertThat(times).containsExactly(afternoons.moment("16:02"), afternoons.moment("16:10"));
        assertThat(standing(child).red()).isFalse();
    }

    @Test
    void a_batch_sent_again_or_in_pieces_counts_once_and_other_words_under_a_number_are_told() {
        UUID child = world.pupils().getFirst();
        link("CARD0004", child);
        List<Map<String, Object>> batch = new ArrayList<>();
        for (int i = 0; i < 20; i++) batch.add(swipe(i, "CARD0004", "16:" + (10 + i / 2), i % 2 == 0 ? "out" : "in"));
        assertThat(send(batch).at("/accepted").asInt()).isEqualTo(20);
        assertThat(send(batch.subList(5, 15)).at("/known").asInt()).isEqualTo(10);
        fold();
        List<Map<String, Object>> shuffled = new ArrayList<>(batch);
        Collections.shuffle(shuffled, new Random(3));
        assertThat(send(shuffled).at("/known").asInt()).isEqualTo(20);
        fold();
        assertThat(standing(child).entries()).isEqualTo(20);
        JsonNode clash = send(List.of(swipe(3, "CARD0009", "16:11", "in")));
        assertThat(clash.at("/clashes/0").asInt()).isEqualTo(3);
        assertThat(clash.at("/accepted").asInt()).isZero();
        JsonNode bad = send(List.of(swipe(100, "x", "16:11", "in"), swipe(101, "CARD0004", "16:11", "sideways"), swipe(-1, "CARD0004", "16:11", "in"), swipe(102, "CARD0004", "16:19", "in")));
        assertThat(bad.at("/bad").size()).isEqualTo(3);
        assertThat(bad.at("/accepted").asInt()).isEqualTo(1);
    }

    /** Ten copies of one batch at one moment; without its number a swipe would count ten times, which the second half shows. */
    @Test
    void ten_equal_batches_at_one_moment_are_one_and_without_their_numbers_they_would_be_ten() throws Exception {
        UUID child = world.pupils().getFirst();
        link("CARD0005", child);
        List<Map<String, Object>> batch = List.of(swipe(1, "CARD0005", "16:10", "in"), swipe(2, "CARD0005", "16:11", "in"));
        together(10, i -> send(batch));
        together(4, i -> {
            fold();
            return true;
        });
        assertThat(standing(child).entries()).isEqualTo(2);
        together(10, i -> send(List.of(swipe(1000 + i, "CARD0005", "16:12", "in"))));
        fold();
        assertThat(standing(child).entries()).as("the number is what makes a swipe one").isEqualTo(12);
    }

    @Test
    void an_unknown_card_is_kept_and_shown_and_told_once_it_has_an_owner() {
        UUID child = world.pupils().get(1);
        send(List.of(swipe(1, "NEWCARD77", "16:10", "in"), swipe(2, "NEWCARD77", "16:12", "in")));
        fold();
        assertThat(standing(child).entries()).isZero();
        String page = office.get("/devices/cards").body();
        assertThat(page).contains("尾号 RD77", "共 2 次").doesNotContain("NEWCARD77");
        UUID unknown = given.in(world.school(), () -> sql.sql("select unknown_id from custody.unknown_card where school_id = :s").param("s", world.school()).query(UUID.class).single());
        assertThat(office.post("/devices/cards/" + unknown, Map.of("who", "没有这个人")).statusCode()).isEqualTo(422);
        assertThat(office.post("/devices/cards/" + unknown, Map.of("pupil", child.toString())).statusCode()).isEqualTo(303);
        fold();
        assertThat(standing(child).entries()).isEqualTo(2);
        assertThat(office.get("/devices/cards").body()).contains("所有刷过的卡都有主人");
    }

    @Test
    @Req("R81")
    void what_a_gate_sends_before_the_day_is_opened_is_told_once_it_is() {
        UUID child = world.pupils().getFirst();
        link("CARD0014", child);
        LocalDate next = DAY.plusDays(1);
        afternoons.on(next, "07:20");
        send(List.of(at(swipe(40, "CARD0014", "16:10", "in"), next.atTime(7, 15).atZone(afterbell.base.shared.web.Screen.ZONE).toInstant())), next.atTime(7, 20).atZone(afterbell.base.shared.web.Screen.ZONE).toInstant());
        given.in(world.school(), () -> folding.fold(world.school()));
        afternoons.on(next, "07:25");
        given.in(world.school(), () -> childDays.open(world.school(), next));
        long until = System.nanoTime() + 20_000_000_000L;
        do given.in(world.school(), () -> folding.fold(world.school()));
        while (swipesOf(child, next) == 0 && System.nanoTime() < until);
        assertThat(swipesOf(child, next)).isOne();
        assertThat(given.in(world.school(), () -> sql.sql("select count(*) from custody.untold where school_id = :s").param("s", world.school()).query(Long.class).single())).isZero();
    }

    private int swipesOf(UUID child, LocalDate day) {
        return given.in(world.school(), () -> sql.sql("select count(*)::int from custody.pub_fact where school_id = :s and day = :d and pupil_id = :p and kind = 'swiped'")
                .param("s", world.school())
                .param("d", day)
                .param("p", child)
                .query(Integer.class)
                .single());
    }

    @Test
    void a_child_that_is_erased_takes_its_card_away_and_the_swipes_lead_to_nobody() {
        UUID child = world.pupils().getFirst();
        link("CARD0008", child);
        given.in(world.school(), () -> {
            records.erase(world.school(), child, List.of());
            return true;
        });
        assertThat(given.in(world.school(), () -> sql.sql("select count(*) from custody.card where school_id = :s").param("s", world.school()).query(Long.class).single())).isZero();
        send(List.of(swipe(1, "CARD0008", "16:10", "in")));
        fold();
        assertThat(standing(child).entries()).isZero();
    }

    @Test
    @Req("P10")
    void a_key_opens_its_own_school_alone_and_nothing_once_it_is_taken_back() throws Exception {
        UUID child = world.pupils().getFirst();
        link("CARD0006", child);
        World other = afternoons.world(1, 0);
        afternoons.at("16:20");
        Visitor stranger = visitors.signedIn(given.staff(other.school(), Role.OFFICE));
        stranger.get("/devices");
        String theirs = stranger.post("/devices", Map.of("name", "北门")).body().replaceAll("(?s).*(abd_[A-Za-z0-9_-]{40,}).*", "$1");
        assertThat(post(theirs, Map.of("swipes", List.of(swipe(1, "CARD0006", "16:10", "out")))).statusCode()).isEqualTo(200);
        given.in(other.school(), () -> folding.fold(other.school()));
        assertThat(standing(child).entries()).isZero();
        assertThat(given.in(other.school(), () -> sql.sql("select count(*) from custody.swipe").query(Long.class).single())).isEqualTo(1);
        assertThat(given.within(Scope.family(UUID.randomUUID(), List.of(world.school()), List.of(child)), () -> sql.sql("select count(*) from custody.card").query(Long.class).single())).isZero();
        UUID device = given.in(world.school(), () -> sql.sql("select device_id from custody.device where school_id = :s").param("s", world.school()).query(UUID.class).single());
        assertThat(stranger.post("/devices/" + device + "/revocation", Map.of()).statusCode()).isEqualTo(404);
        assertThat(office.post("/devices/" + device + "/revocation", Map.of()).statusCode()).isEqualTo(303);
        long until = System.nanoTime() + 20_000_000_000L;
        int status = 200;
        for (int i = 0; status == 200 && System.nanoTime() < until; i++) status = post(key, Map.of("swipes", List.of(swipe(500 + i, "CARD0006", "16:10", "out")))).statusCode();
        assertThat(status).isEqualTo(401);
        assertThat(post("", Map.of("swipes", List.of())).statusCode()).isEqualTo(401);
        assertThat(post("abd_of_nobody", Map.of("swipes", List.of(swipe(1, "CARD0006", "16:10", "out")))).statusCode()).isEqualTo(401);
    }

    @Test
    void a_batch_that_is_empty_too_large_or_no_batch_is_refused_and_never_a_fault() {
        List<Map<String, Object>> many = new ArrayList<>();
        for (int i = 0; i < 501; i++) many.add(swipe(i, "CARD0007", "16:10", "in"));
        assertThat(post(key, Map.of("swipes", many)).statusCode()).isEqualTo(422);
        assertThat(post(key, Map.of("swipes", List.of())).statusCode()).isEqualTo(422);
        assertThat(post(key, Map.of()).statusCode()).isEqualTo(422);
        assertThat(post(key, Map.of("sent", "yesterday", "swipes", List.of(swipe(1, "CARD0007", "16:10", "in")))).statusCode()).isEqualTo(422);
        assertThat(tokens.program(key).send("POST", "/api/v1/swipes", "{nonsense", UUID.randomUUID().toString()).statusCode()).isEqualTo(400);
        assertThat(tokens.program(key).send("POST", "/api/v1/swipes", "{\"swipes\":[null]}", UUID.randomUUID().toString()).statusCode()).isEqualTo(200);
        // From the future, and from before there were gates: the one is of now, the other is evidence of no day.
        JsonNode odd = read(post(key, Map.of("swipes", List.of(at(swipe(900, "CARD0007", "16:10", "in"), Instant.parse("2031-01-01T00:00:00Z")), at(swipe(901, "CARD0007", "16:10", "in"), Instant.parse("1971-01-01T00:00:00Z"))))));
        assertThat(odd.at("/accepted").asInt()).isEqualTo(2);
        fold();
        assertThat(given.in(world.school(), () -> sql.sql("select count(*) from custody.swipe where school_id = :s and at > :now").param("s", world.school()).param("now", java.sql.Timestamp.from(afternoons.moment("16:21"))).query(Long.class).single())).isZero();
    }

    private void link(String card, UUID child) {
        send(List.of(at(swipe(900_000 + card.hashCode() % 1000, card, "16:00", "in"), Instant.parse("2026-09-02T00:00:00Z"))));
        fold();
        UUID unknown = given.in(world.school(), () -> sql.sql("select unknown_id from custody.unknown_card where school_id = :s").param("s", world.school()).query(UUID.class).single());
        office.get("/devices/cards");
        assertThat(office.post("/devices/cards/" + unknown, Map.of("pupil", child.toString())).statusCode()).isEqualTo(303);
    }

    private Map<String, Object> swipe(long seq, String card, String time, String way) {
        return Map.of("seq", seq, "card", card, "at", afternoons.moment(time).toString(), "way", way);
    }

    private static Map<String, Object> at(Map<String, Object> swipe, Instant at) {
        Map<String, Object> other = new java.util.HashMap<>(swipe);
        other.put("at", at.toString());
        return other;
    }

    private JsonNode send(List<Map<String, Object>> swipes) {
        return send(swipes, afternoons.moment("16:20"));
    }

    private JsonNode send(List<Map<String, Object>> swipes, Instant sent) {
        HttpResponse<String> answer = post(key, Map.of("sent", sent.toString(), "swipes", swipes));
        assertThat(answer.statusCode()).isEqualTo(200);
        return read(answer);
    }

    private HttpResponse<String> post(String bearer, Map<String, Object> body) {
        return tokens.program(bearer).send("POST", "/api/v1/swipes", json.writeValueAsString(body), UUID.randomUUID().toString());
    }

    private JsonNode read(HttpResponse<String> answer) {
        return json.readTree(answer.body());
    }

    /** The job of the house folds as well; whoever is second finds nothing. */
    private void fold() {
        long until = System.nanoTime() + 20_000_000_000L;
        do given.in(world.school(), () -> folding.fold(world.school()));
        while (given.in(world.school(), () -> sql.sql("select count(*) from custody.untold where school_id = :s and due_at <= :now").param("s", world.school()).param("now", java.sql.Timestamp.from(afternoons.moment("23:59"))).query(Long.class).single()) > 0 && System.nanoTime() < until);
    }

    private void tell(ToldOf told) {
        given.in(world.school(), () -> childDays.tell(world.school(), DAY, List.of(told)));
    }

    private ToldOf told(UUID pupil, Fact fact, String time) {
        return new ToldOf(pupil, new Telling(UUID.randomUUID(), afternoons.moment(time), new Teller(world.carer().account(), Set.of(Teller.Duty.SERVICE_TEACHER)), fact, true));
    }

    private ChildStanding standing(UUID child) {
        return Objects.requireNonNull(given.in(world.school(), () -> childDays.standings(world.school(), DAY, List.of(child))).get(child));
    }

    private interface Numbered<T> {
        T run(int number) throws Exception;
    }

    private static <T> void together(int people, Numbered<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(people);
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                int number = i;
                Callable<T> one = () -> {
                    start.await();
                    return work.run(number);
                };
                running.add(all.submit(one));
            }
            for (Future<T> f : running) f.get();
        }
    }
}
