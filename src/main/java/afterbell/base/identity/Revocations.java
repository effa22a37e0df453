package afterbell.base.identity;

import afterbell.base.shared.db.Broadcast;
import afterbell.base.shared.db.DatabaseAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells every node within a moment that an account's sessions or roles have changed. While other nodes can't be heard nobody may trust what is kept in
 * memory, and what was kept before is forgotten when they can.
 */
@Component
public class Revocations implements SmartLifecycle {
    private final Broadcast nodes;

    Revocations(DatabaseAddress database) {
        nodes = new Broadcast(database, "afterbell_revoked", Duration.ofMillis(100), "changes of sessions are not heard: nothing is kept in memory until they are");
    }

    /**
     * Something that keeps accounts in memory.
     *
     * @param forget called for each account that changed, also for changes of this node
     * @param forgetAll called when nobody knows which accounts have changed
     */
    void onChange(Consumer<UUID> forget, Runnable forgetAll) {
        nodes.onTold(forget);
        nodes.onGap(forgetAll);
    }

    /** Whether a change on another node would be known here by now. */
    boolean listening() {
        return nodes.listening();
    }

    /** The account's sessions, roles or consent changed. Inside a transaction it is told after the commit. */
    public void of(UUID account) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            nodes.tell(account);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                nodes.tell(account);
            }
        });
    }

    @Override
    public void start() {
        nodes.start();
    }

    @Override
    public void stop() {
        nodes.stop();
    }

    @Override
    public boolean isRunning() {
        return nodes.isRunning();
    }
}
