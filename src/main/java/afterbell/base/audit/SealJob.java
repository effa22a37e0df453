package afterbell.base.audit;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Traces;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Seals waiting entries each second, one school after the other, each under its own scope. A second node that seals the same school waits and finds nothing. */
@Component
public class SealJob {
    private static final Logger log = LoggerFactory.getLogger(SealJob.class);
    private static final int MOST = 5_000;

    private final SealStore store;
    private final EverySchool schools;
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Ids ids;
    private final ScheduledExecutorService each = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("audit-seal").factory());

    SealJob(SealStore store, EverySchool schools, JdbcClient sql, TransactionTemplate transactions, Clock clock, Ids ids) {
        this.store = store;
        this.schools = schools;
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.ids = ids;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        each.execute(() -> schools.run("audit.adopt", school -> transactions.executeWithoutResult(t -> store.adopt(school))));
        each.scheduleWithFixedDelay(this::sealAll, 1, 1, TimeUnit.SECONDS);
    }

    private void sealAll() {
        try {
            @Nullable List<UUID> waiting = Scopes.within(Scope.DOOR, () -> transactions.execute(t -> sql.sql("select w from audit.door_waiting() w").query(UUID.class).list()));
            if (waiting != null) waiting.forEach(this::seal);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("incident", ids.next()).addKeyValue("job", "audit.seal").addKeyValue("trace", Traces.of(e)).log("a job failed");
        }
    }

    /** Seals what waits at one school, for whoever can't wait a second. */
    public void seal(UUID school) {
        Scopes.within(Scope.school(school, null), () -> {
            while (Boolean.TRUE.equals(transactions.execute(t -> one(school)))) {}
        });
    }

    private boolean one(UUID school) {
        store.lock(school);
        List<Chain.Entry> entries = store.take(school, MOST);
        if (entries.isEmpty()) return false;
        Optional<Chain.Link> head = store.head(school);
        long number = head.map(Chain.Link::number).orElse(0L) + 1;
        byte[] previous = head.map(Chain.Link::hash).orElseGet(() -> Chain.root(school));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        store.add(school, new Chain.Link(number, now, entries.size(), previous, Chain.hash(school, number, now, previous, entries)), entries);
        return entries.size() == MOST;
    }

    @PreDestroy
    void end() {
        each.shutdownNow();
    }
}
