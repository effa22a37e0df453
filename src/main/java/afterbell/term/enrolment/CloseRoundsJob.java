package afterbell.term.enrolment;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
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

/**
 * Looks every few seconds for rounds whose time is over. Every node may do so at once: closing twice is closing once. Reads the house's clock, so a
 * shifted demo closes its rounds as well.
 */
@Component
class CloseRoundsJob {
    private static final Logger log = LoggerFactory.getLogger(CloseRoundsJob.class);
    private static final long EVERY_SECONDS = 5;

    private final RoundStore rounds;
    private final CloseRound closeRound;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Ids ids;
    private final ScheduledExecutorService look = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("close-rounds").factory());

    CloseRoundsJob(RoundStore rounds, CloseRound closeRound, TransactionTemplate transactions, Clock clock, Ids ids) {
        this.rounds = rounds;
        this.closeRound = closeRound;
        this.transactions = transactions;
        this.clock = clock;
        this.ids = ids;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        look.scheduleWithFixedDelay(this::tick, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        look.shutdownNow();
    }

    private void tick() {
        try {
            run(clock.instant());
        } catch (RuntimeException e) {
            log.atError().addKeyValue("incident", ids.next()).addKeyValue("kind", e.getClass().getName()).log("looking for rounds to close failed");
        }
    }

    void run(Instant at) {
        List<UUID> due = Scopes.within(Scope.DOOR, () -> transactions.execute(t -> rounds.schoolsWithSomethingDue(at.minus(CloseRound.GRACE))));
        if (due == null) return;
        for (UUID school : due) Scopes.within(Scope.school(school, null), () -> of(school, at));
    }

    private void of(UUID school, Instant at) {
        try {
            for (UUID round : closeRound.due(school, at)) closeRound.close(school, round, at);
            closeRound.forward(school, at);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("incident", ids.next()).addKeyValue("school", school).addKeyValue("kind", e.getClass().getName()).log("a round could not be closed");
        }
    }
}
