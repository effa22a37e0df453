package afterbell.app.bench;

import afterbell.base.identity.Hashes;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Batches of card swipes through HTTP, turn and turn about with the same rows straight into the database; what the figures mean is in bench/swipes. */
@Command(name = "swipes", description = "Sends batches of swipes: batches a second, against the database's own limit.", mixinStandardHelpOptions = true)
public final class SwipesBench implements Callable<Integer> {
    private static final int BATCH = 50;
    private static final double GOAL = 1_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--threads", defaultValue = "8", description = "gates that send at once (8)")
    private int threads = 8;

    @Option(names = "--seconds", defaultValue = "10", description = "of each turn (10)")
    private double seconds = 10;

    @Option(names = "--rounds", defaultValue = "3", description = "turns that are measured (3), after one to warm up")
    private int rounds = 3;

    private final AtomicLong seq = new AtomicLong();

    @Override
    public Integer call() throws Exception {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        PrintWriter out = spec.commandLine().getOut();
        try (BenchWorld world = new BenchWorld()) {
            List<String> keys = IntStream.range(0, threads).mapToObj(i -> "abd_bench-" + UUID.randomUUID()).toList();
            keys.forEach(key -> device(world, key));
            UUID bare = device(world, "abd_bench-bare-" + UUID.randomUUID());
            double best = 0;
            out.printf(Locale.ROOT, "%8s %14s %14s %8s%n", "turn", "http batches/s", "database only", "ratio");
            AtomicLong sent = new AtomicLong();
            for (int round = 0; round <= rounds; round++) {
                double http = OpenLoad.closed(threads, seconds, n -> send(world, keys.get(n % keys.size()), sent));
                double database = OpenLoad.closed(threads, seconds, n -> insert(world, bare));
                out.printf(Locale.ROOT, "%8s %14.0f %14.0f %8.2f%n", round == 0 ? "warm-up" : String.valueOf(round), http, database, http / database);
                out.flush();
                if (round > 0) best = Math.max(best, http);
            }
            long kept = count(world, "select count(*) from custody.swipe where device_id <> :d", bare);
            long begun = System.nanoTime();
            long waiting = count(world, "select coalesce(sum(cardinality(seqs)), 0) from custody.untold where :d = :d", bare);
            while (count(world, "select coalesce(sum(cardinality(seqs)), 0) from custody.untold where :d = :d", bare) > 0 && System.nanoTime() - begun < TimeUnit.MINUTES.toNanos(5)) TimeUnit.MILLISECONDS.sleep(100);
            double folded = (System.nanoTime() - begun) / 1e9;
            out.printf(Locale.ROOT, "answered %d swipes, kept %d; %d waited to be told to the chains when the load ended, %.0f a second were%n", sent.get(), kept, waiting, folded == 0 ? 0 : waiting / folded);
            if (kept != sent.get()) out.println("LIE: what was answered is not what was kept");
            if (best < GOAL) out.printf(Locale.ROOT, "SLOW: fewer than %.0f batches a second%n", GOAL);
            return kept == sent.get() && best >= GOAL ? 0 : 1;
        }
    }

    private static UUID device(BenchWorld world, String key) {
        UUID device = world.bean(Ids.class).next();
        world.asSchool(() -> world.bean(JdbcClient.class)
                .sql("insert into custody.device (school_id, device_id, name, key_hash, made_at, made_by) values (:s, :d, 'bench', :h, :at, :d)")
                .param("s", world.school)
                .param("d", device)
                .param("h", Hashes.of(key))
                .param("at", Timestamp.from(world.clock.instant()))
                .update());
        return device;
    }

    private boolean send(BenchWorld world, String key, AtomicLong sent) throws Exception {
        long first = seq.getAndAdd(BATCH);
        Instant now = world.clock.instant();
        String swipes = IntStream.range(0, BATCH)
                .mapToObj(i -> "{\"seq\":" + (first + i) + ",\"card\":\"BENCH" + (1000 + (first + i) % 1200) + "\",\"at\":\"" + now + "\",\"way\":\"in\"}")
                .collect(Collectors.joining(","));
        HttpRequest post = HttpRequest.newBuilder(URI.create(world.base() + "/api/v1/swipes"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"sent\":\"" + now + "\",\"swipes\":[" + swipes + "]}"))
                .build();
        HttpResponse<String> answer = world.http.send(post, HttpResponse.BodyHandlers.ofString());
        boolean right = answer.statusCode() == 200 && answer.body().contains("\"accepted\":" + BATCH);
        if (right) sent.addAndGet(BATCH);
        return right;
    }

    /** The same rows, prepared, in one statement and one transaction: what the database alone can take. */
    private boolean insert(BenchWorld world, UUID device) {
        long first = seq.getAndAdd(BATCH);
        Timestamp now = Timestamp.from(world.clock.instant());
        return Boolean.TRUE.equals(Scopes.within(Scope.school(world.school, null), () -> world.bean(TransactionTemplate.class).execute(t -> world.bean(JdbcClient.class)
                        .sql("""
                                insert into custody.swipe (school_id, device_id, seq, card, tail, out, said_at, at, received_at)
                                select :s, :d, :first + n, sha256(convert_to((n % 1200)::text, 'UTF8')), '0000', false, :now, :now, :now from generate_series(0, :n - 1) n on conflict do nothing
                                """)
                        .param("s", world.school)
                        .param("d", device)
                        .param("first", first)
                        .param("n", BATCH)
                        .param("now", now)
                        .update()
                == BATCH)));
    }

    private static long count(BenchWorld world, String sql, UUID device) {
        return world.asSchool(() -> world.bean(JdbcClient.class).sql(sql).param("d", device).query(Long.class).single());
    }
}
