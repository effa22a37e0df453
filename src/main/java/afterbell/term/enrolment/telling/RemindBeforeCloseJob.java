package afterbell.term.enrolment.telling;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Traces;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks every minute for rounds that end within a day. Every node may do so: told once is told once. */
@Component
class RemindBeforeCloseJob {
    private static final Logger log = LoggerFactory.getLogger(RemindBeforeCloseJob.class);
    private static final Duration BEFORE = Duration.ofHours(24);

    private final TellFamilies tell;
    private final UnansweredStore store;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Ids ids;
    private final ScheduledExecutorService look = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("remind").factory());

    RemindBeforeCloseJob(TellFamilies tell, UnansweredStore store, TransactionTemplate transactions, Clock clock, Ids ids) {
        this.tell = tell;
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
        this.ids = ids;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        look.scheduleWithFixedDelay(() -> guarded(() -> run(clock.instant())), 20, 60, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        look.shutdownNow();
    }

    void run(Instant now) {
        List<UUID> due = Scopes.within(Scope.DOOR, () -> transactions.execute(t -> store.schoolsWithRoundsEnding(now.plus(BEFORE))));
        if (due != null) due.forEach(s -> guarded(() -> Scopes.within(Scope.school(s, null), () -> tell.remind(s, now, now.plus(BEFORE)))));
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.atError().addKeyValue("incident", ids.next()).addKeyValue("trace", Traces.of(e)).log("reminding of a round's end failed; it is tried again");
        }
    }
}
