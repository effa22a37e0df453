package afterbell.base.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Work of many who come at once, done together: whatever has queued up for a school, up to a bound, is one act of one worker, and each who came hears when the
 * act with its own piece is over. No timer waits for company: who comes alone is served alone. An act that fails is done again piece by piece, so that a bad
 * one stops nobody else.
 */
public final class Together<T> implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final int most;
    private final Act<T> act;
    private final Map<UUID, Line<T>> lines = new ConcurrentHashMap<>();
    private final ExecutorService workers;

    /** Does all pieces of one school, whole or not at all; never twice at once for a school on this node. */
    public interface Act<T> {
        void on(UUID school, List<T> pieces);
    }

    private record Piece<T>(T what, CompletableFuture<T> over) {}

    /** A school's queue; {@code busy} is true while a worker serves it or is going to. */
    private static final class Line<T> {
        final Queue<Piece<T>> waiting = new ConcurrentLinkedQueue<>();
        final AtomicBoolean busy = new AtomicBoolean();
    }

    /** @param most pieces of one act */
    public Together(String name, int workers, int most, Act<T> act) {
        this.most = most;
        this.act = act;
        this.workers = Executors.newFixedThreadPool(workers, Thread.ofPlatform().daemon().name(name + "-", 0).factory());
    }

    /** Stands in the school's queue. What is answered completes when the piece was done, or tells what hindered it; when the house closes, that nobody serves any more. */
    public CompletableFuture<T> add(UUID school, T what) {
        Line<T> line = lines.computeIfAbsent(school, s -> new Line<>());
        Piece<T> piece = new Piece<>(what, new CompletableFuture<>());
        line.waiting.add(piece);
        serve(school, line);
        return piece.over();
    }

    private void serve(UUID school, Line<T> line) {
        if (line.waiting.isEmpty() || !line.busy.compareAndSet(false, true)) return;
        try {
            workers.execute(() -> {
                try {
                    batch(school, line);
                } finally {
                    line.busy.set(false);
                    // What came meanwhile goes behind the queues of other schools.
                    serve(school, line);
                }
            });
        } catch (RejectedExecutionException closing) {
            line.busy.set(false);
            for (Piece<T> p = line.waiting.poll(); p != null; p = line.waiting.poll()) p.over().completeExceptionally(closing);
        }
    }

    private void batch(UUID school, Line<T> line) {
        List<Piece<T>> all = new ArrayList<>();
        for (Piece<T> p = line.waiting.poll(); p != null; p = all.size() < most ? line.waiting.poll() : null) all.add(p);
        try {
            act.on(school, all.stream().map(Piece::what).toList());
            all.forEach(p -> p.over().complete(p.what()));
        } catch (RuntimeException | Error together) {
            if (all.size() == 1) all.getFirst().over().completeExceptionally(together);
            else all.forEach(p -> alone(school, p));
        }
    }

    private void alone(UUID school, Piece<T> piece) {
        try {
            act.on(school, List.of(piece.what()));
            piece.over().complete(piece.what());
        } catch (RuntimeException | Error e) {
            piece.over().completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        workers.shutdown();
        try {
            workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
