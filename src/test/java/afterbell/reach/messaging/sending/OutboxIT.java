package afterbell.reach.messaging.sending;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.PublicAddress;
import afterbell.base.shared.web.Screen;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.HookSettings;
import afterbell.reach.messaging.MailSettings;
import afterbell.reach.messaging.Mailer;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.QuietHours;
import afterbell.reach.messaging.Signed;
import afterbell.reach.messaging.SignedCall;
import afterbell.reach.messaging.StopSecret;
import afterbell.reach.messaging.Words;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenWays;
import afterbell.testing.HouseProcess;
import afterbell.testing.HouseTest;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@HouseTest
class OutboxIT {
    private static final String MIGRATOR = "outbox_migrator";

    @Autowired
    GivenSchool given;

    @Autowired
    GivenClass classes;

    @Autowired
    GivenWays ways;

    @Autowired
    Notices notices;

    @Autowired
    OutboxStore store;

    @Autowired
    QuietHours quiet;

    @Autowired
    Schools schools;

    @Autowired
    Offscreen offscreen;

    @Autowired
    PublicAddress address;

    @Autowired
    StopSecret stops;

    @Autowired
    PersonalData personal;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    Clock clock;

    @Autowired
    Ids ids;

    @Autowired
    JdbcClient sql;

    @Autowired
    Environment environment;

    @Autowired
    JsonMapper json;

    private final GreenMail post = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private int port;

    @BeforeEach
    void open() {
        post.start();
        port = post.getSmtp().getPort();
    }

    @AfterEach
    void close() {
        post.stop();
    }

    private MailSettings settings() {
        return new MailSettings("127.0.0.1", port, MailSettings.Security.NONE, "", "", null, "school@afterbell.test");
    }

    private Outbox node(Clock at) {
        return new Outbox(store, notices, quiet, List.of(new MailChannel(new Mailer(settings(), address, at), offscreen, address, schools, stops)), transactions, at, ids);
    }

    private void sendAll(Outbox node, UUID school) {
        Channel mail = node.channels().getFirst();
        int n = 1;
        while (n > 0) n = node.send(school, mail);
    }

    private Clock in(Duration later) {
        return Clock.offset(clock, later);
    }

    private UUID tell(UUID school, Audience audience) {
        return given.in(school, () -> notices.tell(new NewNotice(school, "test.news", new Words.Written("明天提前放学", "下午四点放学，请准时来接。", "School ends early", "School ends at four."), "/", audience).urgently()).orElseThrow());
    }

    private List<Map<String, Object>> deliveries(UUID school) {
        return given.in(school, () -> sql.sql("select * from messaging.delivery where school_id = :s order by delivery_id").param("s", school).query().listOfRows());
    }

    private Set<String> states(UUID school) {
        return deliveries(school).stream().map(d -> (String) d.get("state")).collect(Collectors.toSet());
    }

    private List<String> messageIds() throws Exception {
        List<String> all = new ArrayList<>();
        for (MimeMessage m : post.getReceivedMessages()) all.add(m.getMessageID());
        return all;
    }

    @Test
    @Req("R144")
    void a_notice_goes_out_by_mail_once_in_the_language_of_the_person_with_a_way_to_stop() throws Exception {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 2);
        ways.way(school, classes.guardian(school, a.pupils().get(0)), "MAIL", "mother@families.test", "zh");
        ways.way(school, classes.guardian(school, a.pupils().get(1)), "MAIL", "father@families.test", "en");
        tell(school, new Audience.OfClass(a.id()));
        Outbox node = node(clock);
        sendAll(node, school);
        sendAll(node, school);
        MimeMessage[] got = post.getReceivedMessages();
        assertThat(got).hasSize(2);
        MimeMessage chinese = got[0].getSubject().equals("明天提前放学") ? got[0] : got[1];
        MimeMessage english = chinese == got[0] ? got[1] : got[0];
        assertThat(english.getSubject()).isEqualTo("School ends early");
        assertThat(chinese.getHeader("List-Unsubscribe")[0]).matches("<http.*/mail-stop/[A-Za-z0-9_-]{32}>");
        assertThat(chinese.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        Multipart parts = (Multipart) chinese.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString()).contains("下午四点放学").contains("/inbox/");
        assertThat(parts.getBodyPart(1).getContent().toString()).contains("<h1").contains("下午四点放学");
        assertThat(deliveries(school)).allSatisfy(d -> {
            assertThat(d).containsEntry("state", "SENT").containsEntry("attempts", 1).containsEntry("doubtful", false);
            assertThat(d.get("sent_at")).isNotNull();
        });
    }

    @Test
    void several_nodes_share_the_work_and_send_each_message_once() throws Exception {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 240);
        ways.familiesByMail(school, a.pupils());
        tell(school, new Audience.OfClass(a.id()));
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService nodes = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) all.add(nodes.submit(() -> {
                go.await();
                sendAll(node(clock), school);
                return null;
            }));
            go.countDown();
            for (Future<?> f : all) f.get(60, TimeUnit.SECONDS);
        }
        assertThat(messageIds()).hasSize(240).doesNotHaveDuplicates();
        assertThat(states(school)).containsExactly("SENT");
    }

    @Test
    void without_the_lock_two_nodes_would_take_the_same_messages() throws Exception {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 5);
        ways.familiesByMail(school, a.pupils());
        tell(school, new Audience.OfClass(a.id()));
        CountDownLatch firstHas = new CountDownLatch(1);
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            Future<List<UUID>> first = two.submit(() -> given.in(school, () -> {
                List<UUID> mine = withoutLock(school);
                firstHas.countDown();
                pause();
                return mine;
            }));
            Future<List<UUID>> second = two.submit(() -> {
                firstHas.await();
                return given.in(school, () -> withoutLock(school));
            });
            assertThat(second.get()).as("the negative control of the claim").containsExactlyInAnyOrderElementsOf(first.get()).hasSize(5);
        }
        // The real claim, while another node's is still open, takes none of its messages.
        given.in(school, () -> sql.sql("update messaging.delivery set state = 'WAITING', claim = null where school_id = :s").param("s", school).update());
        Instant now = clock.instant();
        List<Parcel> mine = given.in(school, () -> {
            List<Parcel> some = store.claim(school, "MAIL", ids.next(), now, now.plusSeconds(60), 3);
            List<Parcel> others = CompletableFuture.supplyAsync(() -> given.in(school, () -> store.claim(school, "MAIL", ids.next(), now, now.plusSeconds(60), 5))).join();
            assertThat(others).extracting(Parcel::id).doesNotContainAnyElementsOf(some.stream().map(Parcel::id).toList()).hasSize(2);
            return some;
        });
        assertThat(mine).hasSize(3);
    }

    private List<UUID> withoutLock(UUID school) {
        return sql.sql("""
                update messaging.delivery set state = 'CLAIMED' where school_id = :s and delivery_id in (
                    select delivery_id from messaging.delivery where school_id = :s and state = 'WAITING' limit 50) returning delivery_id
                """)
                .param("s", school)
                .query(UUID.class)
                .list();
    }

    private static void pause() {
        try {
            Thread.sleep(400);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_mail_server_that_is_down_is_tried_again_with_growing_pauses_and_given_up_with_a_reason() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 2);
        ways.familiesByMail(school, a.pupils());
        tell(school, new Audience.OfClass(a.id()));
        Outbox node = node(clock);
        post.stop();
        node.send(school, node.channels().getFirst());
        assertThat(deliveries(school)).allSatisfy(d -> assertThat(d).containsEntry("state", "WAITING").containsEntry("fault", "no_connection").containsEntry("attempts", 1));
        assertThat(node.send(school, node.channels().getFirst())).as("not before the pause is over").isZero();
        Duration on = Duration.ZERO;
        for (int i = 2; i <= 7; i++) {
            on = on.plus(Backoff.after(i - 1).orElseThrow()).plusSeconds(1);
            Outbox later = node(in(on));
            later.send(school, later.channels().getFirst());
        }
        assertThat(deliveries(school)).allSatisfy(d -> assertThat(d).containsEntry("state", "FAILED").containsEntry("fault", "no_connection").containsEntry("attempts", 7));
    }

    @Test
    void an_address_that_can_not_be_one_ends_the_way_and_says_so() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 1);
        UUID mother = classes.guardian(school, a.pupils().getFirst());
        ways.way(school, mother, "MAIL", "no such@address@anywhere", "zh");
        tell(school, new Audience.OfClass(a.id()));
        sendAll(node(clock), school);
        assertThat(deliveries(school)).singleElement().satisfies(d -> assertThat(d).containsEntry("state", "FAILED").containsEntry("fault", "mail_refused"));
        assertThat(given.in(school, () -> sql.sql("select chosen from messaging.way where account_id = :a").param("a", mother).query(Boolean.class).single())).isFalse();
    }

    @Test
    void whoever_stops_before_the_message_goes_gets_none() throws Exception {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 1);
        UUID mother = classes.guardian(school, a.pupils().getFirst());
        ways.way(school, mother, "MAIL", "mother@families.test", "zh");
        tell(school, new Audience.OfClass(a.id()));
        given.in(school, () -> sql.sql("update messaging.way set chosen = false where account_id = :a").param("a", mother).update());
        sendAll(node(clock), school);
        assertThat(post.getReceivedMessages()).isEmpty();
        assertThat(deliveries(school)).singleElement().satisfies(d -> assertThat(d).containsEntry("state", "FAILED").containsEntry("fault", "no_address"));
    }

    @Test
    @Req("R142")
    void in_quiet_hours_only_what_is_urgent_goes_and_the_rest_in_the_morning() throws Exception {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 1);
        ways.familiesByMail(school, a.pupils());
        LocalDate tomorrow = LocalDate.ofInstant(clock.instant(), Screen.ZONE).plusDays(1);
        Clock night = Clock.fixed(tomorrow.atTime(LocalTime.of(23, 0)).atZone(Screen.ZONE).toInstant(), Screen.ZONE);
        Clock morning = Clock.fixed(tomorrow.plusDays(1).atTime(LocalTime.of(7, 30)).atZone(Screen.ZONE).toInstant(), Screen.ZONE);
        given.in(school, () -> notices.tell(new NewNotice(school, "test.calm", new Words.Written("下周活动", "", "", ""), "/", new Audience.OfClass(a.id()))).orElseThrow());
        tell(school, new Audience.OfClass(a.id()));
        Outbox atNight = node(night);
        atNight.prepare(school);
        sendAll(atNight, school);
        assertThat(post.getReceivedMessages()).extracting(m -> m.getSubject()).containsExactly("明天提前放学");
        Outbox atMorning = node(morning);
        atMorning.prepare(school);
        sendAll(atMorning, school);
        assertThat(post.getReceivedMessages()).extracting(m -> m.getSubject()).containsExactly("明天提前放学", "下周活动");
    }

    @Test
    void what_a_silent_node_had_in_hand_is_taken_over_and_only_the_one_it_was_handing_over_is_doubtful() throws Exception {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 6);
        ways.familiesByMail(school, a.pupils());
        tell(school, new Audience.OfClass(a.id()));
        UUID dead = ids.next();
        Instant now = clock.instant();
        List<Parcel> batch = given.in(school, () -> store.claim(school, "MAIL", dead, now, now.plus(Outbox.LEASE), 4));
        given.in(school, () -> store.turn(school, dead, null, batch.getFirst().id()));
        sendAll(node(clock), school);
        assertThat(post.getReceivedMessages()).as("while the lease runs, the rest alone").hasSize(2);
        Outbox heir = node(in(Outbox.LEASE.plusSeconds(1)));
        sendAll(heir, school);
        assertThat(messageIds()).hasSize(6).doesNotHaveDuplicates();
        assertThat(deliveries(school)).filteredOn(d -> (boolean) d.get("doubtful")).extracting(d -> d.get("delivery_id")).containsExactly(batch.getFirst().id());
        assertThat(given.in(school, () -> store.turn(school, dead, null, batch.get(1).id()))).as("the dead one wakes up and has nothing in hand any more").isFalse();
    }

    @Test
    void a_node_killed_in_the_middle_loses_nothing_and_doubles_at_most_the_one_it_marked() throws Exception {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 500);
        ways.familiesByMail(school, a.pupils());
        tell(school, new Audience.OfClass(a.id()));
        Path folder = Files.createTempDirectory("afterbell-killed-");
        Process node = start(folder);
        try {
            long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
            while (post.getReceivedMessages().length < 70) {
                assertThat(node.isAlive()).as("the node: %s", Files.readString(folder.resolve("out"))).isTrue();
                assertThat(System.nanoTime()).as("the node sent nothing: %s", Files.readString(folder.resolve("out"))).isLessThan(patience);
                Thread.sleep(2);
            }
        } finally {
            node.destroyForcibly().waitFor();
        }
        Thread.sleep(300);
        int before = post.getReceivedMessages().length;
        assertThat(before).as("killed in the middle").isBetween(70, 499);
        sendAll(node(in(Outbox.LEASE.plusMinutes(1))), school);
        List<String> got = messageIds();
        Set<String> once = new HashSet<>(got);
        assertThat(once).as("nothing lost").hasSize(500);
        assertThat(got.size() - once.size()).as("doubled").isLessThanOrEqualTo(1);
        Set<String> doubled = got.stream().filter(id -> got.indexOf(id) != got.lastIndexOf(id)).collect(Collectors.toSet());
        List<Map<String, Object>> doubtful = deliveries(school).stream().filter(d -> (boolean) d.get("doubtful")).toList();
        assertThat(doubtful.size()).isLessThanOrEqualTo(1);
        assertThat(doubled).allSatisfy(id -> assertThat(doubtful).anyMatch(d -> id.contains(d.get("delivery_id").toString())));
        assertThat(states(school)).containsExactly("SENT");
    }

    /** A whole second node on the same database, with the mail server of this test. */
    /** A plain member of the owning role: a node refuses to migrate as a superuser. */
    private void aMigrator() throws SQLException {
        try (Connection admin = DriverManager.getConnection(
                        Objects.requireNonNull(environment.getProperty("afterbell.database.url")),
                        Objects.requireNonNull(environment.getProperty("afterbell.database.migration-user")),
                        Objects.requireNonNull(environment.getProperty("afterbell.database.migration-password")));
                Statement statement = admin.createStatement()) {
            statement.execute("drop role if exists " + MIGRATOR);
            statement.execute("create role " + MIGRATOR + " login password '" + MIGRATOR + "' in role afterbell_owner");
        }
    }

    private Process start(Path folder) throws IOException, SQLException {
        aMigrator();
        ProcessBuilder node = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HouseProcess.class.getName(),
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--afterbell.database.data=" + folder);
        Map<String, String> env = node.environment();
        env.put("AFTERBELL_KEY_FILE", Objects.requireNonNull(environment.getProperty("afterbell.key-file")));
        env.put("AFTERBELL_DATABASE_URL", Objects.requireNonNull(environment.getProperty("afterbell.database.url")));
        env.put("AFTERBELL_DATABASE_PASSWORD", Objects.requireNonNull(environment.getProperty("afterbell.database.password")));
        env.put("AFTERBELL_DATABASE_MIGRATIONUSER", MIGRATOR);
        env.put("AFTERBELL_DATABASE_MIGRATIONPASSWORD", MIGRATOR);
        env.put("AFTERBELL_MAIL_HOST", "127.0.0.1");
        env.put("AFTERBELL_MAIL_PORT", Integer.toString(port));
        env.put("AFTERBELL_MAIL_SECURITY", "none");
        env.put("AFTERBELL_MAIL_FROM", "school@afterbell.test");
        File out = folder.resolve("out").toFile();
        return node.redirectErrorStream(true).redirectOutput(out).start();
    }

    @Test
    void another_system_hears_what_a_group_would_hear_signed_and_tried_again_until_it_answers() throws Exception {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 2);
        AtomicInteger calls = new AtomicInteger();
        List<String> bodies = new CopyOnWriteArrayList<>();
        List<String> signatures = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/hear", call -> {
            bodies.add(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            signatures.add(call.getRequestHeaders().getFirst(Signed.HEADER));
            call.sendResponseHeaders(calls.incrementAndGet() == 1 ? 503 : 204, -1);
            call.close();
        });
        receiver.start();
        try {
            hook(school, "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hear");
            // An hour ahead, so that the house's own node, which calls nothing inside the own network, does not come before.
            UUID told = given.in(school, () -> {
                UUID id = tell(school, new Audience.OfClass(a.id()));
                tell(school, new Audience.Children(Set.of(a.pupils().getFirst())));
                sql.sql("update messaging.delivery set next_at = next_at + interval '1 hour' where school_id = :s").param("s", school).update();
                return id;
            });
            Clock first = in(Duration.ofHours(1));
            Channel inside = new HookChannel(new SignedCall(new HookSettings(true), first), address, json);
            new Outbox(store, notices, quiet, List.of(inside), transactions, first, ids).send(school, inside);
            Clock later = in(Duration.ofMinutes(62));
            Channel then = new HookChannel(new SignedCall(new HookSettings(true), later), address, json);
            new Outbox(store, notices, quiet, List.of(then), transactions, later, ids).send(school, then);
            assertThat(bodies).hasSize(2).allSatisfy(b -> assertThat(b).contains(told.toString()).contains("明天提前放学"));
            assertThat(Signed.holds("s3cret", signatures.getLast(), bodies.getLast(), later.instant())).isTrue();
            assertThat(Signed.holds("other", signatures.getLast(), bodies.getLast(), later.instant())).isFalse();
            assertThat(deliveries(school)).singleElement().satisfies(d -> assertThat(d).containsEntry("state", "SENT").containsEntry("attempts", 2));
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void no_system_inside_the_own_network_is_called() {
        SignedCall call = new SignedCall(new HookSettings(false), clock);
        for (String inside : List.of("https://127.0.0.1/x", "https://localhost/x", "https://10.1.2.3/x", "https://192.168.1.1/", "https://169.254.169.254/latest", "https://[::1]/", "https://[fd00::1]/", "https://100.64.0.1/"))
            assertThat(call.post(inside, "s", ids.next(), "{}")).as(inside).isInstanceOf(afterbell.reach.messaging.Handed.Never.class);
        for (String wrong : List.of("http://example.org/", "ftp://example.org/", "https://user@example.org/", "javascript:alert(1)", "//example.org", "", "https://"))
            assertThat(call.wrong(wrong)).as(wrong).isEqualTo("hook_address");
        assertThat(call.wrong("https://example.org/hear")).isNull();
    }

    private void hook(UUID school, String to) {
        byte[] key = personal.newKey();
        given.in(school, () -> sql.sql("insert into messaging.webhook (school_id, webhook_id, name, address, secret_key, secret_sealed, made_at, made_by) values (:s, :id, 'x', :to, :k, :x, :now, :id)")
                .param("s", school)
                .param("id", ids.next())
                .param("to", to)
                .param("k", key)
                .param("x", personal.seal(key, "s3cret"))
                .param("now", Timestamp.from(clock.instant()))
                .update());
    }

    @Test
    void what_a_family_asked_to_have_told_is_told_by_the_outbox() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 1);
        UUID mother = classes.guardian(school, a.pupils().getFirst());
        var family = afterbell.base.shared.access.Scope.family(mother, List.of(school), List.of(a.pupils().getFirst()));
        given.within(family, () -> notices.tell(new NewNotice(school, "test.news", new Words.Written("请确认", "", "", ""), "/", new Audience.Children(Set.of(a.pupils().getFirst())))));
        // The house's own node may have the wish in hand already; either of them tells it.
        int told = 0;
        for (int i = 0; i < 50 && told == 0; i++) {
            node(clock).prepare(school);
            told = given.in(school, () -> sql.sql("select count(*) from messaging.inbox where school_id = :s and account_id = :a").param("s", school).param("a", mother).query(Integer.class).single());
            if (told == 0) pause();
        }
        assertThat(told).isOne();
    }

    @Test
    void told_once_is_told_once() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 1);
        NewNotice notice = new NewNotice(school, "test.news", new Words.Written("明天截止", "", "", ""), "/", new Audience.OfClass(a.id())).once("closing/1");
        assertThat(given.in(school, () -> notices.tell(notice))).isPresent();
        assertThat(given.in(school, () -> notices.tell(notice))).isEmpty();
        assertThat(given.in(school, () -> sql.sql("select count(*) from messaging.notice where school_id = :s").param("s", school).query(Integer.class).single())).isOne();
    }
}
