package afterbell.term.placement.draws;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Rounds;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Traces;
import afterbell.term.placement.engine.ResultFiles;
import jakarta.annotation.PreDestroy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Solves queued runs, one at a time on this node, each in a short-lived child process of its own: the solver's memory and crashes stay outside the web
 * process. A run whose worker fell silent is taken up again from its frozen input by whichever node sees it first.
 */
@Component
class DrawWorker {
    private static final Logger log = LoggerFactory.getLogger(DrawWorker.class);
    private static final Duration SILENT = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final String HEAP = "-Xmx700m";
    private static final int TRICKS_FOR = 8;

    private final DrawStore store;
    private final KeepResult keep;
    private final EverySchool schools;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Ids ids;
    private final ExecutorService one = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("draw-worker").factory());

    DrawWorker(DrawStore store, KeepResult keep, EverySchool schools, Rounds rounds, TransactionTemplate transactions, Clock clock, Ids ids) {
        this.store = store;
        this.keep = keep;
        this.schools = schools;
        this.transactions = transactions;
        this.clock = clock;
        this.ids = ids;
        rounds.every("draws", LOOK_EVERY, this::takeUpSilent);
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(StartDraw.RunQueued queued) {
        one.execute(() -> Scopes.within(Scope.school(queued.school(), null), () -> solve(queued.school(), queued.run())));
    }

    private void takeUpSilent() {
        schools.run("draws", school -> {
            List<UUID> unfinished = transactions.execute(t -> store.unfinished(school, clock.instant().minus(SILENT)));
            if (unfinished != null) unfinished.forEach(run -> on(new StartDraw.RunQueued(school, run)));
        });
    }

    private void solve(UUID school, UUID run) {
        Instant now = clock.instant();
        if (!Boolean.TRUE.equals(transactions.execute(t -> store.takeUp(school, run, now, now.minus(SILENT))))) return;
        try {
            Path folder = Files.createTempDirectory("afterbell-draw-");
            try {
                solve(school, run, folder);
            } finally {
                remove(folder);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (e instanceof InterruptedException) Thread.currentThread().interrupt();
            String incident = ids.next().toString();
            log.atError().addKeyValue("incident", incident).addKeyValue("run", run).addKeyValue("trace", Traces.of(e)).log("a draw failed");
            transactions.executeWithoutResult(t -> store.failed(school, run, incident, clock.instant()));
        }
    }

    private void solve(UUID school, UUID run, Path folder) throws IOException, InterruptedException {
        Path in = Files.createDirectories(folder.resolve("in"));
        Path out = Files.createDirectories(folder.resolve("out"));
        DrawStore.RunRow row = transactions.execute(t -> store.run(school, run));
        Map<String, byte[]> files = transactions.execute(t -> store.files(school, run));
        if (row == null || files == null) throw new IllegalStateException("the run is gone");
        for (Map.Entry<String, byte[]> file : files.entrySet()) Files.write(in.resolve(file.getKey()), file.getValue());
        Process worker = start(row, in, out);
        try {
            follow(school, run, worker);
            int code = worker.waitFor();
            if (code != 0 || !Files.exists(out.resolve(ResultFiles.CERTIFICATE))) throw new IOException("the worker ended with " + code);
        } finally {
            worker.destroyForcibly();
        }
        keep.run(school, run, in, out);
        if (!row.preview()) tryTricks(school, run, row.drawOrder(), in, folder.resolve("tricks.json"));
    }

    /** After the result stands: would it have paid to write less than one means? A worker of its own again; without an answer the console shows none. */
    private void tryTricks(UUID school, UUID run, String order, Path in, Path answer) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of("place", "audit", "--in", in.toString(), "--order", order, "--sample", Integer.toString(TRICKS_FOR), "--json"));
        Process worker = new ProcessBuilder(command).redirectOutput(answer.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            if (worker.waitFor() != 0) return;
        } finally {
            worker.destroyForcibly();
        }
        String tricks = Files.readString(answer, StandardCharsets.UTF_8);
        transactions.executeWithoutResult(t -> store.tricks(school, run, tricks));
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                "afterbell.app.Main");
    }

    private static Process start(DrawStore.RunRow row, Path in, Path out) throws IOException {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of("place", "--in", in.toString(), "--out", out.toString(), "--order", row.drawOrder()));
        if (row.preview()) command.add("--preview");
        return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Progress lines become the run's progress, at most one a second; the beat goes on while the solver is silent. */
    private void follow(UUID school, UUID run, Process worker) throws IOException {
        try (BufferedReader said = new BufferedReader(new InputStreamReader(worker.getErrorStream(), StandardCharsets.UTF_8));
                ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
            String[] latest = {"{}"};
            pulse.scheduleWithFixedDelay(
                    () -> Scopes.within(Scope.school(school, null), () -> transactions.executeWithoutResult(t -> store.beat(school, run, latest[0], clock.instant()))), 1, 1, TimeUnit.SECONDS);
            for (@Nullable String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith("progress {")) latest[0] = line.substring("progress ".length());
            }
            pulse.shutdownNow();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(p);
        }
    }

    @PreDestroy
    void stop() {
        one.shutdownNow();
    }
}
