package afterbell.desk.desk.board;

import afterbell.base.shared.db.Broadcast;
import afterbell.base.shared.db.DatabaseAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells all nodes that something moved in a school; acts only poke it, after their commit. What is told is that something moved, never what: a poke that gets
 * lost with its node costs a board one look, which it makes by itself in any case.
 */
@Component
class Relay implements SmartLifecycle {
    private final Broadcast nodes;

    Relay(DatabaseAddress database) {
        nodes = new Broadcast(database, "afterbell_moved", Duration.ofMillis(50), "moves on other nodes are not heard: open boards look by themselves until they are");
    }

    /** Called for each school in which something moved, here or on another node; must not block. */
    void onMoved(Consumer<UUID> listener) {
        nodes.onTold(listener);
    }

    /** Something moved here and is committed. */
    void poke(UUID school) {
        nodes.tell(school);
    }

    /** Whether a move on another node would be heard. */
    boolean listening() {
        return nodes.listening();
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
