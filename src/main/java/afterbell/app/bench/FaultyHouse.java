package afterbell.app.bench;

import afterbell.Afterbell;
import afterbell.app.demo.DemoSchool;
import afterbell.base.schools.Schools;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The demo school in a folder of its own that is started as a process, killed, and opened again to look.
 *
 * @param settings of the house beside those that every such house has
 */
record FaultyHouse(Path folder, Map<String, Object> settings) {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    FaultyHouse {
        settings = Map.copyOf(settings);
    }

    static FaultyHouse fresh(Map<String, Object> settings) throws IOException {
        return new FaultyHouse(Files.createTempDirectory("afterbell-faults-"), settings);
    }

    static UUID school(ConfigurableApplicationContext house) {
        UUID school = Scopes.within(Scope.DOOR, () -> house.getBean(TransactionTemplate.class).execute(t -> house.getBean(Schools.class).byCode(DemoSchool.standard().code()).orElseThrow()));
        if (school == null) throw new IllegalStateException("no demo school");
        return school;
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", 0);
        properties.put("server.address", "127.0.0.1");
        properties.put("afterbell.demo", true);
        properties.put("afterbell.second-factor", false);
        properties.put("afterbell.database.data", folder.resolve("data").toString());
        properties.put("afterbell.key-file", folder.resolve("keys").resolve("faults.key").toString());
        properties.putAll(settings);
        return properties;
    }

    ConfigurableApplicationContext open() {
        SpringApplication app = new SpringApplication(Afterbell.class);
        app.setLogStartupInfo(false);
        Map<String, Object> properties = properties();
        properties.put("logging.threshold.console", "off");
        app.setDefaultProperties(properties);
        return app.run();
    }

    static <T> T in(ConfigurableApplicationContext house, UUID school, Supplier<T> work) {
        T done = Scopes.within(Scope.school(school, null), () -> house.getBean(TransactionTemplate.class).execute(t -> work.get()));
        if (done == null) throw new IllegalStateException("nothing came back");
        return done;
    }

    Process node(int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx500m", "-Duser.timezone=UTC", "-Dfile.encoding=UTF-8", "-cp", System.getProperty("java.class.path"),
                "afterbell.app.Main", "run", "--port", Integer.toString(port), "--data", folder.resolve("data").toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(folder.resolve("node.out").toFile()).redirectError(folder.resolve("node.err").toFile());
        builder.environment().put("AFTERBELL_KEY_FILE", folder.resolve("keys").resolve("faults.key").toString());
        // A setting's name as the environment writes it.
        settings.forEach((name, value) -> builder.environment().put(name.toUpperCase(Locale.ROOT).replace('.', '_'), String.valueOf(value)));
        return builder.start();
    }

    void awaitReady(HttpClient http, int port, Process node) throws Exception {
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

    Optional<ProcessHandle> postgres() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            Optional<Path> pid = files.filter(f -> f.getFileName().toString().equals("postmaster.pid")).findFirst();
            return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(Files.readAllLines(pid.get()).getFirst().strip()));
        } catch (NoSuchFileException | UncheckedIOException e) {
            // It went away while it was looked for.
            return Optional.empty();
        }
    }

    /** A node that starts while its folder's database is still stopping would join it and be left without one. */
    void ended() throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (postgres().isPresent() && System.nanoTime() < until) Thread.sleep(100);
    }

    /** A database whose node was killed ends a moment later; until then the folder is taken. */
    ConfigurableApplicationContext again() throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return open();
            } catch (RuntimeException e) {
                if (System.nanoTime() > until) throw e;
                Thread.sleep(500);
            }
        }
    }

    void remove() {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + folder);
        }
    }
}
