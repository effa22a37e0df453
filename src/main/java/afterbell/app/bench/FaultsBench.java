package afterbell.app.bench;

import afterbell.base.identity.How;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.crypto.MasterKey;
import afterbell.day.custody.Act;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills a node, and in another run its PostgreSQL, with signal 9 in the middle of fifty parallel roll calls over HTTP, starts it again and counts: a mark that
 * was acknowledged stands in its chain, once. How to read it is in bench/faults.
 */
@Command(name = "faults", description = "kill -9 of the application and of PostgreSQL amid parallel roll calls; counts acknowledged marks afterwards.", mixinStandardHelpOptions = true)
public final class FaultsBench implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration FIRST_WITHIN = Duration.ofSeconds(60);
    private static final int FIRST_MARKS = 40;
    private static final int SHOWN = 300;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--parallel", defaultValue = "50", description = "roll calls at once (50)")
    private int parallel = 50;

    @Option(names = "--rounds", defaultValue = "1", description = "how often each is killed (1)")
    private int rounds = 1;

    /** A session of the day with who stays in it. */
    private record Room(UUID session, Instant at, List<UUID> children) {}

    /** What the phones need: who rolls, signed in, and what. */
    private record Phones(UUID school, LocalDate day, String cookie, String token, List<Room> rooms) {}

    private record Acknowledged(UUID entry, UUID pupil) {}

    @Override
    public Integer call() throws Exception {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        PrintWriter out = spec.commandLine().getOut();
        FaultyHouse place = FaultyHouse.fresh(Map.of());
        int lost = 0;
        try {
            Phones phones;
            // Only the first start shifts the demo's clock: people sign in by the clock of the nodes that follow.
            place.open().close();
            place.ended();
            try (ConfigurableApplicationContext house = place.open()) {
                phones = phones(house);
            }
            for (int round = 1; round <= rounds; round++) {
                lost += killed(place, phones, "application", out);
                lost += killed(place, phones, "PostgreSQL", out);
            }
        } catch (IllegalStateException e) {
            out.println("not measured: " + e.getMessage());
            return 1;
        } finally {
            place.ended();
            place.remove();
        }
        return lost == 0 ? 0 : 1;
    }

    private static Phones phones(ConfigurableApplicationContext house) throws GeneralSecurityException {
        UUID school = FaultyHouse.school(house);
        JdbcClient sql = house.getBean(JdbcClient.class);
        LocalDate day = FaultyHouse.in(house, school, () -> sql.sql("select max(day) from custody.day").query(LocalDate.class).single());
        UUID leader = FaultyHouse.in(house, school, () -> sql.sql("select account_id from duty.pub_post where school_id = :s and day = :d and kind = 'leader'").param("s", school).param("d", day).query(UUID.class).single());
        List<ChildStanding> all = List.copyOf(FaultyHouse.in(house, school, () -> house.getBean(ChildDays.class).ofDay(school, day)).values());
        Map<UUID, List<ChildStanding>> bySession = all.stream().filter(ChildStanding::stays).filter(s -> !s.closed()).collect(Collectors.groupingBy(s -> s.sessions().getFirst()));
        List<Room> rooms = new ArrayList<>();
        bySession.forEach((session, children) -> rooms.add(new Room(session, children.getFirst().bell().plusSeconds(300), children.stream().map(ChildStanding::pupil).toList())));
        String cookie = house.getBean(Sessions.class).open(leader, How.PASSWORD, false, "bench");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(house.getBean(MasterKey.class).derive("csrf"), "HmacSHA256"));
        byte[] plain = HexFormat.of().formatHex(mac.doFinal(cookie.getBytes(StandardCharsets.UTF_8))).getBytes(StandardCharsets.UTF_8);
        byte[] both = new byte[plain.length * 2];
        System.arraycopy(plain, 0, both, plain.length, plain.length);
        return new Phones(school, day, cookie, Base64.getUrlEncoder().withoutPadding().encodeToString(both), rooms);
    }

    /** One run: phones send, something dies, the node comes back, marks are counted. @return how many are lost or doubled */
    private int killed(FaultyHouse place, Phones phones, String what, PrintWriter out) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        place.ended();
        Process node = place.node(port);
        ConcurrentLinkedQueue<Acknowledged> marks = new ConcurrentLinkedQueue<>();
        AtomicInteger acts = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        AtomicReference<String> lastNo = new AtomicReference<>("nothing");
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch first = new CountDownLatch(FIRST_MARKS);
        long killedAt;
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).build();
                ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            place.awaitReady(http, port, node);
            for (int i = 0; i < parallel; i++) {
                int phone = i;
                people.execute(() -> {
                    for (int n = phone; !over.get(); n += parallel) {
                        Room room = phones.rooms().get(n % phones.rooms().size());
                        // In turns present and called out: each act says something new of each child.
                        if (!rolls(http, port, phones, room, n, marks, lastNo::set)) {
                            failed.incrementAndGet();
                            pause();
                        } else {
                            acts.incrementAndGet();
                            first.countDown();
                        }
                    }
                });
            }
            if (!first.await(FIRST_WITHIN.toSeconds(), TimeUnit.SECONDS)) over.set(true);
            if (over.get()) throw new IllegalStateException("no roll was acknowledged: " + failed + " failed, the last with " + lastNo.get());
            Thread.sleep(300);
            killedAt = System.nanoTime();
            if (what.equals("PostgreSQL")) place.postgres().ifPresent(ProcessHandle::destroyForcibly);
            else node.destroyForcibly();
            Thread.sleep(1_000);
            over.set(true);
        } finally {
            node.destroyForcibly();
            node.waitFor();
        }
        try (ConfigurableApplicationContext house = place.again()) {
            double back = (System.nanoTime() - killedAt) / 1e9;
            JdbcClient sql = house.getBean(JdbcClient.class);
            Set<Acknowledged> kept = new HashSet<>(FaultyHouse.in(house, phones.school(), () -> sql.sql("select entry_id, pupil_id from custody.event where school_id = :s and day = :d")
                    .param("s", phones.school())
                    .param("d", phones.day())
                    .query((r, n) -> new Acknowledged(r.getObject(1, UUID.class), r.getObject(2, UUID.class)))
                    .list()));
            int wrong = FaultyHouse.in(house, phones.school(), () -> sql.sql("""
                            select count(*)::int from custody.standing s where s.school_id = :s and s.day = :d
                            and s.entries <> (select count(*) from custody.event e where e.school_id = s.school_id and e.day = s.day and e.pupil_id = s.pupil_id)
                            """)
                    .param("s", phones.school())
                    .param("d", phones.day())
                    .query(Integer.class)
                    .single());
            long lost = marks.stream().filter(m -> !kept.contains(m)).count();
            out.printf(Locale.ROOT, "kill -9 of %-11s %5d acts acknowledged, %6d marks, %4d acts failed; back after %4.1f s; marks lost %d, standings that don't know their chain %d%n", what, acts.get(), marks.size(), failed.get(), back, lost, wrong);
            out.flush();
            return (int) lost + wrong;
        }
    }

    private static boolean rolls(HttpClient http, int port, Phones phones, Room room, int number, ConcurrentLinkedQueue<Acknowledged> marks, Consumer<String> wrong) {
        UUID key = UUID.randomUUID();
        Map<String, Object> act = new HashMap<>();
        act.put("act", "roll");
        act.put("key", key);
        act.put("at", room.at().plusSeconds(number / Math.max(1, phones.rooms().size())).toString());
        act.put("session", room.session());
        boolean here = number / phones.rooms().size() % 2 == 0;
        act.put(here ? "present" : "absent", room.children());
        try {
            String body = "acts=" + URLEncoder.encode(JsonMapper.builder().build().writeValueAsString(List.of(act)), StandardCharsets.UTF_8) + "&sent=&_csrf=" + phones.token();
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/afternoon/acts"))
                            .timeout(Duration.ofSeconds(20))
                            .header("Cookie", Sessions.COOKIE + "=" + phones.cookie())
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                wrong.accept(answer.statusCode() + " " + answer.headers().firstValue("Location").orElse("") + " " + text(answer.body()));
                return false;
            }
            JsonNode said = JsonMapper.builder().build().readTree(answer.body()).path("acts").path(0);
            // Where some were known already, which ones the answer doesn't say: only whole classes are counted.
            if (!said.path("answer").asString("").equals("done")) {
                wrong.accept(said.toString());
                return false;
            }
            if (said.path("recorded").asInt(0) == room.children().size()) {
                Act.Roll roll = new Act.Roll(key, room.at(), room.session(), List.of(), List.of());
                for (UUID pupil : room.children()) marks.add(new Acknowledged(roll.entry(pupil), pupil));
            }
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What a page that was not expected says. */
    private static String text(String page) {
        String words = page.replaceAll("(?s)<(script|style|head).*?</\\1>|<[^>]*>", " ").replaceAll("\\s+", " ").strip();
        return words.substring(0, Math.min(SHOWN, words.length()));
    }

    /** A phone that was answered wrongly or not at all waits before it tries again. */
    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
