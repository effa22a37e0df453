package afterbell.app.bench;

import afterbell.Afterbell;
import afterbell.app.demo.DemoSchool;
import afterbell.base.identity.How;
import afterbell.base.identity.Sessions;
import afterbell.base.schools.Schools;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.crypto.MasterKey;
import afterbell.day.custody.Act;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
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
    private static final Duration PATIENCE = Duration.ofSeconds(120);
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
        Path folder = Files.createTempDirectory("afterbell-faults-");
        int lost = 0;
        try {
            Phones phones;
            // Only the first start shifts the demo's clock: people sign in by the clock of the nodes that follow.
            open(folder).close();
            ended(folder);
            try (ConfigurableApplicationContext house = open(folder)) {
                phones = phones(house);
            }
            for (int round = 1; round <= rounds; round++) {
                lost += killed(folder, phones, "application", out);
                lost += killed(folder, phones, "PostgreSQL", out);
            }
        } catch (IllegalStateException e) {
            out.println("not measured: " + e.getMessage());
            return 1;
        } finally {
            ended(folder);
            remove(folder);
        }
        return lost == 0 ? 0 : 1;
    }

    private static Map<String, Object> properties(Path folder, int port) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", port);
        properties.put("server.address", "127.0.0.1");
        properties.put("afterbell.demo", true);
        properties.put("afterbell.second-factor", false);
        properties.put("afterbell.database.data", folder.resolve("data").toString());
        properties.put("afterbell.key-file", folder.resolve("keys").resolve("faults.key").toString());
        return properties;
    }

    private static ConfigurableApplicationContext open(Path folder) {
        SpringApplication app = new SpringApplication(Afterbell.class);
        app.setLogStartupInfo(false);
        Map<String, Object> properties = properties(folder, 0);
        properties.put("logging.threshold.console", "off");
        app.setDefaultProperties(properties);
        return app.run();
    }

    private static <T> T in(ConfigurableApplicationContext house, UUID school, Supplier<T> work) {
        T done = Scopes.within(Scope.school(school, null), () -> house.getBean(TransactionTemplate.class).execute(t -> work.get()));
        if (done == null) throw new IllegalStateException("nothing came back");
        return done;
    }

    private static Phones phones(ConfigurableApplicationContext house) throws GeneralSecurityException {
        UUID school = Scopes.within(Scope.DOOR, () -> house.getBean(TransactionTemplate.class).execute(t -> house.getBean(Schools.class).byCode(DemoSchool.standard().code()).orElseThrow()));
        if (school == null) throw new IllegalStateException("no demo school");
        JdbcClient sql = house.getBean(JdbcClient.class);
        LocalDate day = in(house, school, () -> sql.sql("select max(day) from custody.day").query(LocalDate.class).single());
        UUID leader = in(house, school, () -> sql.sql("select account_id from duty.pub_post where school_id = :s and day = :d and kind = 'leader'").param("s", school).param("d", day).query(UUID.class).single());
        List<ChildStanding> all = List.copyOf(in(house, school, () -> house.getBean(ChildDays.class).ofDay(school, day)).values());
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
    private int killed(Path folder, Phones phones, String what, PrintWriter out) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ended(folder);
        Process node = node(folder, port);
        ConcurrentLinkedQueue<Acknowledged> marks = new ConcurrentLinkedQueue<>();
        AtomicInteger acts = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        AtomicReference<String> lastNo = new AtomicReference<>("nothing");
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch first = new CountDownLatch(FIRST_MARKS);
        long killedAt;
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).build();
                ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            awaitReady(http, port, node, folder);
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
            if (what.equals("PostgreSQL")) postgres(folder).ifPresent(ProcessHandle::destroyForcibly);
            else node.destroyForcibly();
            Thread.sleep(1_000);
            over.set(true);
        } finally {
            node.destroyForcibly();
            node.waitFor();
        }
        try (ConfigurableApplicationContext house = again(folder)) {
            double back = (System.nanoTime() - killedAt) / 1e9;
            JdbcClient sql = house.getBean(JdbcClient.class);
            Set<Acknowledged> kept = new HashSet<>(in(house, phones.school(), () -> sql.sql("select entry_id, pupil_id from custody.event where school_id = :s and day = :d")
                    .param("s", phones.school())
                    .param("d", phones.day())
                    .query((r, n) -> new Acknowledged(r.getObject(1, UUID.class), r.getObject(2, UUID.class)))
                    .list()));
            int wrong = in(house, phones.school(), () -> sql.sql("""
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

    private static Process node(Path folder, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx500m", "-Duser.timezone=UTC", "-Dfile.encoding=UTF-8", "-cp", System.getProperty("java.class.path"),
                "afterbell.app.Main", "run", "--port", Integer.toString(port), "--data", folder.resolve("data").toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(folder.resolve("node.out").toFile()).redirectError(folder.resolve("node.err").toFile());
        builder.environment().put("AFTERBELL_KEY_FILE", folder.resolve("keys").resolve("faults.key").toString());
        return builder.start();
    }

    private static void awaitReady(HttpClient http, int port, Process node, Path folder) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            if (!node.isAlive()) throw new IllegalStateException("the node ended by itself: " + last(folder.resolve("node.err")));
            try {
                if (http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.discarding()).statusCode() < 400) return;
            } catch (IOException e) {
                // Not there yet.
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException("the node was not ready");
    }

    private static String last(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log).stream().filter(l -> !l.startsWith("WARNING")).toList();
        return lines.isEmpty() ? "" : lines.getLast();
    }

    private static java.util.Optional<ProcessHandle> postgres(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            java.util.Optional<Path> pid = files.filter(f -> f.getFileName().toString().equals("postmaster.pid")).findFirst();
            return pid.isEmpty() ? java.util.Optional.empty() : ProcessHandle.of(Long.parseLong(Files.readAllLines(pid.get()).getFirst().strip()));
        } catch (NoSuchFileException | UncheckedIOException e) {
            // It went away while it was looked for.
            return java.util.Optional.empty();
        }
    }

    /** A node that starts while its folder's database is still stopping would join it and be left without one. */
    private static void ended(Path folder) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (postgres(folder).isPresent() && System.nanoTime() < until) Thread.sleep(100);
    }

    /** A database whose node was killed ends a moment later; until then the folder is taken. */
    private static ConfigurableApplicationContext again(Path folder) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return open(folder);
            } catch (RuntimeException e) {
                if (System.nanoTime() > until) throw e;
                Thread.sleep(500);
            }
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + folder);
        }
    }
}
