package afterbell.base.audit;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Rounds;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Seals waiting entries each second, one school after the other, each under its own scope. A second node that seals the same school waits and finds nothing. */
@Component
public class SealJob {
    private static final int MOST = 5_000;

    private final SealStore store;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private boolean adopted;

    SealJob(SealStore store, EverySchool schools, Rounds rounds, JdbcClient sql, TransactionTemplate transactions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
        rounds.every("audit.seal", Duration.ofSeconds(1), () -> {
            if (!adopted) {
                schools.run("audit.adopt", school -> transactions.executeWithoutResult(t -> store.adopt(school)));
                adopted = true;
            }
            schools.run("audit.seal", () -> sql.sql("select w from audit.door_waiting() w").query(UUID.class).list(), this::seal);
        });
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
}
