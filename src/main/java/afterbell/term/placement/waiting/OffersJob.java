package afterbell.term.placement.waiting;

import afterbell.base.schools.EverySchool;
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

/**
 * Looks every few seconds for schools whose offers have run out, whose free seats have somebody waiting, or whose families have to be told, and works for
 * each under its own scope. Reads the house's clock, so a shifted demo passes offers on as well.
 */
@Component
class OffersJob {
    private static final Logger log = LoggerFactory.getLogger(OffersJob.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration LEAVERS_EVERY = Duration.ofMinutes(30);

    private final OfferStore store;
    private final PassOn passOn;
    private final EverySchool schools;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Ids ids;
    private final ScheduledExecutorService look = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("offers").factory());

    OffersJob(OfferStore store, PassOn passOn, EverySchool schools, TransactionTemplate transactions, Clock clock, Ids ids) {
        this.store = store;
        this.passOn = passOn;
        this.schools = schools;
        this.transactions = transactions;
        this.clock = clock;
        this.ids = ids;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        look.scheduleWithFixedDelay(() -> calmly(() -> run(clock.instant())), EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
        look.scheduleWithFixedDelay(() -> calmly(() -> schools.run("seats of leavers", s -> passOn.forgetLeavers(s, clock.instant()))), LEAVERS_EVERY.toSeconds(), LEAVERS_EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        look.shutdownNow();
    }

    void run(Instant at) {
        List<UUID> due = Scopes.within(Scope.DOOR, () -> transactions.execute(t -> store.schoolsDue(at)));
        if (due == null) return;
        for (UUID school : due)
            Scopes.within(Scope.school(school, null), () -> {
                calmly(() -> passOn.expire(school, at));
                calmly(() -> passOn.refillable(school).forEach(section -> passOn.refill(school, section, at)));
                calmly(() -> passOn.tell(school, at));
            });
    }

    /** One school's failure stops no other, and the next look finds the same work again. */
    private void calmly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.atError().addKeyValue("incident", ids.next()).addKeyValue("trace", Traces.of(e)).log("offers could not be passed on");
        }
    }
}
