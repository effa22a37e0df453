package afterbell.term.placement;

import afterbell.base.audit.Audit;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The opening minute (PERFORMANCE): wishes stand in queues per school, and a few workers take whatever is queued in one transaction each. More
 * connections never help; no timer waits for company. Correctness lies in PostgreSQL alone, so any number of nodes, a killed one or lost memory can't
 * oversell.
 *
 * <p>Only the answers FULL that the database gave are remembered, for a short while and until the next cancellation: a counter in memory would leave
 * wanted seats empty.
 */
@Component
public class Rush {
    private static final int WORKERS = 4;
    private static final int LANES_PER_SCHOOL = 2;
    private static final int BATCH = 200;
    private static final long ANSWER_SECONDS = 10;
    private static final long FULL_NANOS = 2_000_000_000L;
    private static final int MOST_FULL = 100_000;
    private static final int MOST_GIVEN = 200_000;

    private final Seats seats;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Map<Lane, Line> lines = new ConcurrentHashMap<>();
    private final Map<Full, Long> full = new ConcurrentHashMap<>();
    /** Children whom this node has seated lately: a tap sent twice must not hear FULL the second time. */
    private final Set<Given> given = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, Thread.ofPlatform().daemon().name("rush-", 0).factory());

    Rush(Seats seats, Audit audit, TransactionTemplate transactions) {
        this.seats = seats;
        this.audit = audit;
        this.transactions = transactions;
    }

    private record Lane(UUID school, int number) {}

    private record Full(UUID school, UUID section) {}

    private record Given(UUID school, UUID section, UUID pupil) {}

    private record Asked(Seats.Wanted wanted, UUID by, Instant at, LocalDate from, CompletableFuture<Seats.Answer> answer) {}

    /** A school's queue; {@code busy} is true while a worker serves it or is going to. */
    private static final class Line {
        final Queue<Asked> waiting = new ConcurrentLinkedQueue<>();
        final AtomicBoolean busy = new AtomicBoolean();
    }

    /**
     * Stands in the school's queue for a seat. The caller has made sure that the child is its own; PostgreSQL does so again.
     *
     * @return empty where no answer came in time: the seat may still be given, and asking again with the same seat id finds it
     */
    public Optional<Seats.Answer> take(UUID school, Seats.Wanted wanted, UUID by, Instant at, LocalDate from) {
        if (knownFull(school, wanted)) return Optional.of(Seats.Answer.FULL);
        Asked asked = new Asked(wanted, by, at, from, new CompletableFuture<>());
        Lane lane = new Lane(school, Math.floorMod(wanted.section().hashCode(), LANES_PER_SCHOOL));
        Line line = lines.computeIfAbsent(lane, l -> new Line());
        line.waiting.add(asked);
        serve(lane, line);
        try {
            return Optional.of(asked.answer().get(ANSWER_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the queue failed", e.getCause());
        }
    }

    private boolean knownFull(UUID school, Seats.Wanted wanted) {
        @Nullable Long known = full.get(new Full(school, wanted.section()));
        return known != null && System.nanoTime() - known < FULL_NANOS && !given.contains(new Given(school, wanted.section(), wanted.pupil()));
    }

    private void serve(Lane lane, Line line) {
        if (line.waiting.isEmpty() || !line.busy.compareAndSet(false, true)) return;
        workers.execute(() -> {
            try {
                batch(lane.school(), line);
            } finally {
                line.busy.set(false);
                // What came meanwhile goes behind the queues of other schools.
                serve(lane, line);
            }
        });
    }

    private void batch(UUID school, Line line) {
        List<Asked> all = new ArrayList<>();
        for (Asked a = line.waiting.poll(); a != null; a = all.size() < BATCH ? line.waiting.poll() : null) all.add(a);
        if (all.isEmpty()) return;
        try {
            answer(school, all);
        } catch (RuntimeException together) {
            // One wish that meets another transaction undoes its whole batch: then each is tried by itself.
            for (Asked a : all) {
                try {
                    answer(school, List.of(a));
                } catch (RuntimeException alone) {
                    a.answer().completeExceptionally(alone);
                }
            }
        }
    }

    private void answer(UUID school, List<Asked> all) {
        List<UUID> children = all.stream().map(a -> a.wanted().pupil()).distinct().toList();
        Scope families = new Scope(Hat.FAMILY, all.getFirst().by(), List.of(school), children, null);
        Map<UUID, Seats.Answer> answers = Scopes.within(families, () -> transactions.execute(t -> take(school, all)));
        if (answers == null) throw new IllegalStateException("no answers");
        Map<UUID, Seats.Wanted> asked = new HashMap<>();
        for (Asked a : all) asked.putIfAbsent(a.wanted().seat(), a.wanted());
        for (Asked a : all) {
            // The same key for another seat is another command: it is not done (law 6).
            boolean same = a.wanted().equals(asked.get(a.wanted().seat()));
            Seats.Answer answer = same ? answers.getOrDefault(a.wanted().seat(), Seats.Answer.UNKNOWN) : Seats.Answer.UNKNOWN;
            if (answer == Seats.Answer.FULL) {
                if (full.size() > MOST_FULL) full.clear();
                full.put(new Full(school, a.wanted().section()), System.nanoTime());
            } else if (answer.has()) {
                if (given.size() > MOST_GIVEN) given.clear();
                given.add(new Given(school, a.wanted().section(), a.wanted().pupil()));
            }
            a.answer().complete(answer);
        }
    }

    private Map<UUID, Seats.Answer> take(UUID school, List<Asked> all) {
        Asked first = all.getFirst();
        // A command sent twice at once stands in the queue twice: it is asked once.
        List<Seats.Wanted> wanted = new ArrayList<>();
        Map<UUID, Asked> bySeat = new HashMap<>();
        for (Asked a : all) if (bySeat.putIfAbsent(a.wanted().seat(), a) == null) wanted.add(a.wanted());
        Map<UUID, Seats.Answer> answers = seats.take(school, wanted, Seats.Source.FIRST_COME, null, null, first.at(), first.from());
        List<Audit.Entry> done = new ArrayList<>();
        answers.forEach((seat, answer) -> {
            if (answer != Seats.Answer.SEATED) return;
            Asked a = Objects.requireNonNull(bySeat.get(seat));
            done.add(new Audit.Entry(a.by(), a.at(), "placement.seat_taken", "pupil", a.wanted().pupil(), Map.of("section", a.wanted().section(), "seat", seat, "source", Seats.Source.FIRST_COME.code())));
        });
        audit.recordAll(school, done);
        return answers;
    }

    /** Somebody gave a seat back: what is remembered as full is asked again. Other nodes forget within two seconds. */
    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(PlacementEvent.SeatLeft left) {
        full.remove(new Full(left.school(), left.section()));
        given.remove(new Given(left.school(), left.section(), left.pupil()));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(PlacementEvent.OfferDeclined declined) {
        full.remove(new Full(declined.school(), declined.section()));
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(PlacementEvent.OfferExpired expired) {
        full.remove(new Full(expired.school(), expired.section()));
    }

    @PreDestroy
    void drain() throws InterruptedException {
        workers.shutdown();
        workers.awaitTermination(ANSWER_SECONDS, TimeUnit.SECONDS);
    }
}
