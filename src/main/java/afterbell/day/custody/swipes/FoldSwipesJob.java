package afterbell.day.custody.swipes;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Traces;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Several times a second: one look for the whole node, then the schools whose gates have sent something. Nodes share the work; a school that fails rests and stops no other. */
@Component
class FoldSwipesJob {
    private static final Logger log = LoggerFactory.getLogger(FoldSwipesJob.class);
    private static final long EVERY_MILLIS = 300;
    private static final Duration REST = Duration.ofSeconds(10);

    private final SwipeStore store;
    private final FoldSwipes folding;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Map<UUID, Long> resting = new ConcurrentHashMap<>();
    private final ScheduledExecutorService look = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("swipes").factory());

    FoldSwipesJob(SwipeStore store, FoldSwipes folding, TransactionTemplate transactions, Ids ids) {
        this.store = store;
        this.folding = folding;
        this.transactions = transactions;
        this.ids = ids;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        look.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void end() {
        look.shutdownNow();
    }

    private void look() {
        try {
            List<UUID> schools = Scopes.within(Scope.DOOR, () -> transactions.execute(t -> store.schoolsWaiting()));
            if (schools != null) schools.forEach(this::fold);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("incident", ids.next()).addKeyValue("job", "swipes").addKeyValue("trace", Traces.of(e)).log("a job failed");
        }
    }

    private void fold(UUID school) {
        long until = resting.getOrDefault(school, Long.MIN_VALUE);
        if (until != Long.MIN_VALUE && System.nanoTime() - until < 0) return;
        try {
            while (Scopes.within(Scope.school(school, null), () -> folding.fold(school)) == FoldSwipes.MOST) Thread.onSpinWait();
            resting.remove(school);
        } catch (RuntimeException e) {
            resting.put(school, System.nanoTime() + REST.toNanos());
            log.atError().addKeyValue("incident", ids.next()).addKeyValue("job", "swipes").addKeyValue("school", school).addKeyValue("trace", Traces.of(e)).log("a job failed for a school");
        }
    }
}
