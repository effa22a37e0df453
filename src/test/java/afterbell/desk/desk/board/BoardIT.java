package afterbell.desk.desk.board;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.Accounts;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.db.DatabaseAddress;
import afterbell.base.shared.web.Offscreen;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Telling;
import afterbell.day.duty.Duties;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class BoardIT {
    private static final LocalDate DAY = GivenAfternoon.DAY;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    ChildDays childDays;

    @Autowired
    Duties duties;

    @Autowired
    Accounts accounts;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    ShowBoard show;

    @Autowired
    Streams streams;

    @Autowired
    Offscreen offscreen;

    @Autowired
    DatabaseAddress database;

    @Autowired
    Ids ids;

    @Autowired
    JdbcClient sql;

    World world;
    String leader = "";

    @BeforeEach
    void a_class_of_six_at_five_past_four() {
        world = afternoons.world(6, 4);
        leader = given.staff(world.school(), Role.DUTY_LEADER);
        given.in(world.school(), () -> {
            duties.settle(world.school(), world.coach().staff(), null);
            childDays.open(world.school(), DAY);
            childDays.replan(world.school(), DAY);
            return true;
        });
        afternoons.at("16:05");
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    @Test
    @Req({"R7", "R88"})
    void the_board_shows_a_missing_child_first_and_leads_to_its_remedy() {
        tell(counted(world.pupils().subList(1, 6)));
        tell(List.of(missed(world.pupils().getFirst())));
        String page = visitors.signedIn(leader).get("/board").body();
        assertThat(page).contains("没有找到，正在查找", "/board/children/" + world.pupils().getFirst(), "/sessions/" + world.own() + "/roll-call", "data-stream=");
        assertThat(page.indexOf("/board/children/")).isLessThan(page.indexOf("/sessions/" + world.own()));
        Board board = board();
        assertThat(board.counts()).isEqualTo(new Board.Counts(6, 0, 5, 0, 1, 0));
        assertThat(board.rooms()).extracting(Board.Room::here, Board.Room::expected).containsExactly(org.assertj.core.groups.Tuple.tuple(5, 6));
        assertThat(board.ringing()).isEqualTo(1);
    }

    @Test
    @Req("R84")
    void a_class_that_nobody_hands_over_is_one_line_and_its_clock_needs_nobody() throws Exception {
        try (Screen screen = new Screen(visitors.signedIn(leader), "")) {
            screen.board();
            afternoons.at("16:15");
            String red = screen.boardWith("6 人还没有交接");
            assertThat(red).contains("/classes/" + world.schoolClass() + "/hand-over");
            assertThat(board().reds()).hasSize(1);
        }
    }

    @Test
    void an_act_shows_on_an_open_board_and_a_screen_that_comes_back_with_the_same_board_is_sent_none() throws Exception {
        Visitor visitor = visitors.signedIn(leader);
        String mark;
        try (Screen screen = new Screen(visitor, "")) {
            assertThat(screen.board()).contains("待交接");
            tell(counted(world.pupils()));
            screen.boardWith(">6<span class=\"soft\">/6</span>");
            mark = screen.mark;
        }
        assertThat(mark).hasSize(24);
        try (Screen back = new Screen(visitor, mark)) {
            assertThat(back.next()).isEqualTo("beat");
        }
        try (Screen stale = new Screen(visitor, "of-another-time")) {
            assertThat(stale.next()).isEqualTo("board");
        }
    }

    @Test
    void an_act_at_one_node_shows_at_the_other_and_without_its_ear_it_would_not() throws Exception {
        Relay ear = new Relay(database);
        Relay deaf = new Relay(database);
        Streams hearing = new Streams(show, offscreen, ear, ids);
        Streams unhearing = new Streams(show, offscreen, deaf, ids);
        ear.start();
        hearing.start();
        try {
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (!ear.listening() && System.nanoTime() < until) Thread.onSpinWait();
            Streams.Stream there = hearing.open(world.school(), UUID.randomUUID(), Locale.SIMPLIFIED_CHINESE).orElseThrow();
            Streams.Drawn before = Objects.requireNonNull(there.await(PATIENCE));
            assertThat(unhearing.open(world.school(), UUID.randomUUID(), Locale.SIMPLIFIED_CHINESE)).as("a node that is not started serves nobody").isEmpty();
            tell(counted(world.pupils()));
            Streams.Drawn after = Objects.requireNonNull(there.await(PATIENCE));
            assertThat(after.id()).isNotEqualTo(before.id());
            ear.stop();
            // Without the ear a node looks by itself, so what it shows may be late and is never lost.
            tell(List.of(missed(world.pupils().getFirst())));
            Streams.Drawn late = Objects.requireNonNull(there.await(PATIENCE));
            assertThat(new String(late.event(), StandardCharsets.UTF_8)).contains("/board/children/");
        } finally {
            hearing.stop();
            ear.stop();
        }
    }

    @Test
    void no_act_notifies_by_itself_only_the_relay_does() throws Exception {
        try (java.sql.Connection ear = java.sql.DriverManager.getConnection(database.url(), database.user(), database.password())) {
            ear.createStatement().execute("listen afterbell_moved");
            for (int i = 0; i < 20; i++) tell(counted(world.pupils()));
            org.postgresql.PGConnection pg = ear.unwrap(org.postgresql.PGConnection.class);
            Set<Integer> tellers = new java.util.HashSet<>();
            List<String> told = new ArrayList<>();
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (told.stream().noneMatch(world.school().toString()::equals) && System.nanoTime() < until)
                for (org.postgresql.PGNotification n : pg.getNotifications(200)) {
                    told.add(n.getParameter());
                    tellers.add(n.getPID());
                }
            assertThat(told).as("a batch is told at most once, many batches at a time are one").hasSizeLessThan(20);
            assertThat(tellers).as("one connection tells").hasSize(1);
        }
    }

    @Test
    void a_board_ends_within_seconds_when_its_person_signs_out_or_loses_the_role() throws Exception {
        Visitor one = visitors.signedIn(leader);
        Visitor other = visitors.signedIn(leader);
        try (Screen signedOut = new Screen(one, ""); Screen roleless = new Screen(other, "")) {
            signedOut.board();
            roleless.board();
            one.post("/sign-out", Map.of());
            assertThat(signedOut.until("end")).isTrue();
            given.in(world.school(), () -> sql.sql("delete from identity.role_grant where school_id = :s and role = 'DUTY_LEADER'").param("s", world.school()).update());
            assertThat(roleless.until("end")).isTrue();
        }
    }

    @Test
    void a_person_has_a_bounded_number_of_streams_and_gives_them_back() throws Exception {
        UUID account = UUID.randomUUID();
        List<Streams.Stream> open = new ArrayList<>();
        for (Optional<Streams.Stream> s = streams.open(world.school(), account, Locale.ENGLISH); s.isPresent(); s = streams.open(world.school(), account, Locale.ENGLISH)) open.add(s.get());
        assertThat(open).hasSize(8);
        open.forEach(streams::close);
        assertThat(streams.open(world.school(), account, Locale.ENGLISH)).hasValueSatisfying(streams::close);
    }

    @Test
    @Req("R8")
    void a_school_that_named_nobody_is_red_from_the_bell_and_the_remedy_puts_it_out() {
        World bare = afternoons.world(3, 0);
        given.in(bare.school(), () -> {
            sql.sql("delete from roster.class_teacher where school_id = :s").param("s", bare.school()).update();
            sql.sql("delete from programme.own_class_duty where school_id = :s").param("s", bare.school()).update();
            return true;
        });
        given.in(bare.school(), () -> {
            sql.sql("insert into custody.stay (school_id, day, pupil_id, until_ordinal, source, said_by, said_at) values (:s, :d, :p, 2, 'office', :by, :at) on conflict do nothing")
                    .param("s", bare.school())
                    .param("d", DAY)
                    .param("p", bare.pupils().getFirst())
                    .param("by", new UUID(0, 1))
                    .param("at", java.sql.Timestamp.from(afternoons.moment("08:00")))
                    .update();
            childDays.open(bare.school(), DAY);
            childDays.replan(bare.school(), DAY);
            return true;
        });
        assertThat(given.in(bare.school(), () -> childDays.ofDay(bare.school(), DAY)).values()).noneMatch(ChildStanding::red);
        afternoons.at("16:00");
        given.in(bare.school(), () -> childDays.tick(bare.school()));
        assertThat(given.in(bare.school(), () -> childDays.ofDay(bare.school(), DAY)).values()).allMatch(s -> s.red() && s.alarms().contains("NO_CUSTODIAN"));
        String office = given.staff(bare.school(), Role.OFFICE);
        assertThat(visitors.signedIn(office).get("/board").body()).contains("没有负责的人", "/duty/days/" + DAY);
        given.in(bare.school(), () -> {
            duties.settle(bare.school(), bare.coach().staff(), null);
            childDays.replan(bare.school(), DAY);
            return true;
        });
        assertThat(given.in(bare.school(), () -> childDays.ofDay(bare.school(), DAY)).values()).noneMatch(ChildStanding::red);
    }

    @Test
    @Req({"R83", "R84"})
    void a_search_is_recorded_step_by_step_until_the_leader_accounts_for_the_child() {
        UUID child = world.pupils().getFirst();
        tell(List.of(missed(child)));
        Visitor teacher = visitors.signedIn(world.classTeacher().user());
        Visitor duty = visitors.signedIn(leader);
        String page = "/board/children/" + child;
        assertThat(teacher.get(page).body()).contains("没有找到，正在查找").doesNotContain(page + "/account");
        assertThat(teacher.post(page + "/steps", Map.of("step", "CALLED_GUARDIAN", "_key", key())).statusCode()).isEqualTo(303);
        assertThat(standing(child).state()).isEqualTo(State.TRACED);
        assertThat(teacher.post(page + "/account", Map.of("where", "gone", "why", "x", "_key", key())).statusCode()).isEqualTo(404);
        assertThat(teacher.post(page + "/steps", Map.of("step", "NONSENSE", "_key", key())).statusCode()).isEqualTo(404);
        assertThat(duty.get(page).body()).contains("已联系家长", page + "/account");
        assertThat(duty.post(page + "/account", Map.of("where", "gone", "why", " ", "_key", key())).statusCode()).isEqualTo(422);
        assertThat(duty.post(page + "/account", Map.of("where", "with", "with", UUID.randomUUID().toString(), "why", "在", "_key", key())).statusCode()).isEqualTo(422);
        assertThat(duty.post(page + "/account", Map.of("why", "在", "_key", key())).statusCode()).isEqualTo(422);
        String key = key();
        assertThat(duty.post(page + "/account", Map.of("where", "gone", "why", "妈妈来电已到家", "_key", key)).statusCode()).isEqualTo(303);
        assertThat(standing(child)).satisfies(s -> {
            assertThat(s.state()).isEqualTo(State.ACCOUNTED);
            assertThat(s.red()).isFalse();
            assertThat(s.entries()).isEqualTo(3);
        });
        assertThat(duty.post(page + "/account", Map.of("where", "gone", "why", "妈妈来电已到家", "_key", key)).statusCode()).isEqualTo(303);
        assertThat(standing(child).entries()).as("twice the same tap is one entry").isEqualTo(3);
        assertThat(given.in(world.school(), () -> sql.sql("select count(*) from custody.event where school_id = :s and word like '%妈妈%'").param("s", world.school()).query(Long.class).single())).isZero();
    }

    @Test
    @Req("R84")
    void the_leader_settles_a_dispute_and_takes_a_wrong_tap_back() {
        UUID child = world.inClub().getFirst();
        tell(counted(List.of(child)));
        afternoons.at("16:10");
        tell(List.of(told(child, new Fact.Counted(world.coach().staff(), world.club(), afternoons.moment("17:50")))));
        assertThat(standing(child).state()).isEqualTo(State.DISPUTED);
        Visitor duty = visitors.signedIn(leader);
        String page = "/board/children/" + child;
        assertThat(duty.get(page).body()).contains("说法不一");
        assertThat(duty.post(page + "/account", Map.of("where", "with", "with", world.carer().staff().toString(), "why", "在教室看到", "_key", key())).statusCode()).isEqualTo(303);
        assertThat(standing(child)).satisfies(s -> {
            assertThat(s.state()).isEqualTo(State.PRESENT);
            assertThat(s.custodian()).isEqualTo(world.carer().staff());
            assertThat(s.red()).isFalse();
        });
        UUID other = world.pupils().getLast();
        tell(List.of(missed(other)));
        UUID entry = given.in(world.school(), () -> sql.sql("select entry_id from custody.pub_fact where school_id = :s and pupil_id = :p").param("s", world.school()).param("p", other).query(UUID.class).single());
        Visitor teacher = visitors.signedIn(world.classTeacher().user());
        teacher.get("/board/children/" + other);
        assertThat(teacher.post("/board/children/" + other + "/undo", Map.of("entry", entry.toString(), "why", "点错", "_key", key())).statusCode()).isEqualTo(404);
        duty.get("/board/children/" + other);
        assertThat(duty.post("/board/children/" + other + "/undo", Map.of("entry", entry.toString(), "why", "点错", "_key", key())).statusCode()).isEqualTo(303);
        assertThat(standing(other)).satisfies(s -> {
            assertThat(s.state()).isEqualTo(State.IN_CLASS);
            assertThat(s.corrected()).isTrue();
        });
        assertThat(duty.post("/board/children/" + other + "/undo", Map.of("entry", UUID.randomUUID().toString(), "why", "点错", "_key", key())).statusCode()).isEqualTo(422);
    }

    @Test
    @Req({"R86", "R91"})
    void somebody_at_the_gate_who_is_on_no_list_is_red_on_the_open_board_until_the_leader_has_gone_there() throws Exception {
        UUID child = world.pupils().getFirst();
        tell(counted(world.pupils()));
        Visitor guard = visitors.signedIn(given.staff(world.school(), Role.GUARD));
        Visitor duty = visitors.signedIn(leader);
        try (Screen screen = new Screen(duty, "")) {
            assertThat(screen.board()).contains("没有要马上处理的事");
            guard.get("/gate/" + child);
            assertThat(guard.post("/gate/" + child + "/strangers", Map.of("name", "陌生人", "_key", key())).statusCode()).isEqualTo(303);
            assertThat(screen.boardWith("校门口有人要接")).as("neither who nor why").doesNotContain("陌生人").doesNotContain("文书");
            assertThat(board().ringing()).isEqualTo(1);
            String page = duty.get("/clearing").body();
            String seen = page.replaceAll("(?s).*action=\"(/clearing/strangers/[0-9a-f-]+/seen)\".*", "$1");
            World other = afternoons.world(1, 0);
            Visitor stranger = visitors.signedIn(given.staff(other.school(), Role.DUTY_LEADER));
            stranger.get("/clearing");
            assertThat(stranger.post(seen, Map.of("_key", key())).statusCode()).isEqualTo(404);
            assertThat(duty.post(seen, Map.of("_key", key())).statusCode()).isEqualTo(303);
            assertThat(duty.post(seen, Map.of("_key", key())).statusCode()).as("once more changes nothing").isEqualTo(303);
            screen.boardWith("没有要马上处理的事");
        }
        assertThat(duty.get("/clearing").body()).contains("陌生人").doesNotContain("/seen");
    }

    @Test
    void telephones_are_shown_on_request_alone_and_the_reading_is_audited() {
        UUID child = world.pupils().getFirst();
        tell(List.of(missed(child)));
        Visitor duty = visitors.signedIn(leader);
        assertThat(duty.get("/board/children/" + child).body()).doesNotContain("tel:");
        assertThat(duty.post("/board/children/" + child + "/numbers", Map.of()).statusCode()).isEqualTo(200);
        assertThat(given.in(world.school(), () -> sql.sql("select count(*) from audit.entry where school_id = :s and action = 'roster.numbers_read' and subject_id = :p")
                        .param("s", world.school())
                        .param("p", child)
                        .query(Long.class)
                        .single()))
                .isEqualTo(1);
    }

    @Test
    @Req("P10")
    void another_schools_leader_sees_none_of_it_and_a_teacher_who_leads_nothing_sees_no_board() {
        UUID child = world.pupils().getFirst();
        tell(List.of(missed(child)));
        World other = afternoons.world(1, 0);
        Visitor stranger = visitors.signedIn(given.staff(other.school(), Role.DUTY_LEADER));
        assertThat(stranger.get("/board").body()).doesNotContain(child.toString());
        assertThat(stranger.get("/board/children/" + child).statusCode()).isEqualTo(404);
        assertThat(stranger.post("/board/children/" + child + "/steps", Map.of("step", "ASKED_GATE", "_key", key())).statusCode()).isEqualTo(404);
        assertThat(visitors.signedIn(world.carer().user()).get("/board").statusCode()).isEqualTo(404);
        assertThat(visitors.signedIn(world.coach().user()).get("/board").statusCode()).as("leads today by post").isEqualTo(200);
    }

    private Board board() {
        return given.in(world.school(), () -> show.of(world.school())).board();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private ChildStanding standing(UUID child) {
        return Objects.requireNonNull(given.in(world.school(), () -> childDays.standings(world.school(), DAY, List.of(child))).get(child));
    }

    private void tell(List<ToldOf> told) {
        given.in(world.school(), () -> childDays.tell(world.school(), DAY, told));
    }

    private List<ToldOf> counted(List<UUID> pupils) {
        return pupils.stream().map(p -> told(p, new Fact.Counted(world.carer().staff(), world.own(), afternoons.moment("16:50")))).toList();
    }

    private ToldOf missed(UUID pupil) {
        return told(pupil, new Fact.Missed(world.carer().staff(), world.own()));
    }

    private ToldOf told(UUID pupil, Fact fact) {
        return new ToldOf(pupil, new Telling(UUID.randomUUID(), java.time.Instant.EPOCH.plus(Duration.between(java.time.Instant.EPOCH, now())), new Teller(world.carer().account(), Set.of(Teller.Duty.SERVICE_TEACHER)), fact, true));
    }

    @Autowired
    java.time.Clock clock;

    private java.time.Instant now() {
        return clock.instant();
    }

    /** Somebody's open board, read event by event. */
    private final class Screen implements AutoCloseable {
        private final LinkedBlockingQueue<String[]> events = new LinkedBlockingQueue<>();
        private final InputStream in;
        String mark = "";

        Screen(Visitor visitor, String known) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(visitors.base() + "/board/stream?lang=zh")).header("Accept", "text/event-stream").GET();
            if (!known.isEmpty()) request.header("Last-Event-ID", known);
            HttpResponse<InputStream> answer = visitor.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            in = answer.body();
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                String kind = "";
                String id = "";
                StringBuilder data = new StringBuilder();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event: ")) kind = line.substring(7);
                    else if (line.startsWith("id: ")) id = line.substring(4);
                    else if (line.startsWith("data: ")) data.append(line.substring(6)).append('\n');
                    else if (line.isEmpty() && !kind.isEmpty()) {
                        events.add(new String[] {kind, id, data.toString()});
                        kind = "";
                        data.setLength(0);
                    }
                }
            } catch (java.io.IOException e) {
                events.add(new String[] {"gone", "", ""});
            }
        }

        String next() throws InterruptedException {
            return Objects.requireNonNull(events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), "nothing came")[0];
        }

        String board() throws InterruptedException {
            return boardWith("");
        }

        String boardWith(String words) throws InterruptedException {
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < until) {
                String[] event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (event == null) break;
                if (!event[0].equals("board")) continue;
                mark = event[1];
                if (event[2].contains(words)) return event[2];
            }
            throw new AssertionError("no board said " + words);
        }

        boolean until(String kind) throws InterruptedException {
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < until) {
                String[] event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (event != null && event[0].equals(kind)) return true;
            }
            return false;
        }

        @Override
        public void close() throws java.io.IOException {
            in.close();
        }
    }
}
