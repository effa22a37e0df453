package afterbell.money.billing;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Rounds;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.money.billing.ChainStore.Link;
import afterbell.money.billing.EntryChain.Sealed;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Numbers and chains waiting entries each second, one school after the other, each under its own scope. */
@Component
public class ChainJob {
    private static final int MOST = 5_000;

    private final ChainStore store;
    private final TransactionTemplate transactions;
    private final Clock clock;

    ChainJob(ChainStore store, EverySchool schools, Rounds rounds, JdbcClient sql, TransactionTemplate transactions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
        rounds.every("billing.chain", Duration.ofSeconds(1), () -> schools.run("billing.chain", () -> sql.sql("select w from billing.door_waiting() w").query(UUID.class).list(), this::seal));
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
}
