package afterbell.money.billing;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Traces;
import afterbell.money.billing.ChainStore.Link;
import afterbell.money.billing.EntryChain.Sealed;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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

/** Numbers and chains waiting entries each second, one school after the other, each under its own scope. */
@Component
public class ChainJob {
    private static final Logger log = LoggerFactory.getLogger(ChainJob.class);
    private static final int MOST = 5_000;

    private final ChainStore store;
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Ids ids;
    private final ScheduledExecutorService each = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("ledger-chain").factory());

    ChainJob(ChainStore store, JdbcClient sql, TransactionTemplate transactions, Clock clock, Ids ids) {
        this.store = store;
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.ids = ids;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        each.scheduleWithFixedDelay(this::sealAll, 1, 1, TimeUnit.SECONDS);
    }

    private void sealAll() {
        try {
            @Nullable List<UUID> waiting = Scopes.within(Scope.DOOR, () -> transactions.execute(t -> sql.sql("select w from billing.door_waiting() w").query(UUID.class).list()));
            if (waiting != null) waiting.forEach(this::seal);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("incident", ids.next()).addKeyValue("job", "billing.chain").addKeyValue("trace", Traces.of(e)).log("a job failed");
        }
    }

    /** Chains what waits at one school, for whoever can't wait a second. */
    public void seal(UUID school) {
        Scopes.within(Scope.school(school, null), () -> {
            while (Boolean.TRUE.equals(transactions.execute(t -> some(school)))) {}
        });
    }

    private boolean some(UUID school) {
        store.lock(school);
        List<Sealed> entries = store.take(school, MOST);
        if (entries.isEmpty()) return false;
        @Nullable Link head = store.head(school).orElse(null);
        long seq = head == null ? 0 : head.seq();
        byte[] previous = head == null ? EntryChain.root(school) : head.hash();
        List<Link> links = new ArrayList<>(entries.size());
        for (Sealed entry : entries) {
            seq++;
            byte[] hash = EntryChain.hash(previous, seq, entry);
            links.add(new Link(seq, entry.id(), previous, hash));
            previous = hash;
        }
        store.add(school, links, clock.instant());
        return entries.size() == MOST;
    }

    @PreDestroy
    void end() {
        each.shutdownNow();
    }
}
