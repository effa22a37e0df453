package afterbell.base.shared.db;

import afterbell.base.shared.web.Traces;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells ids to all nodes over one channel of the database. One connection of its own both tells and listens, after the act has been committed: a NOTIFY inside
 * an act would make the database commit one act after the other. All ids that wait are told by one statement, each once; what could not be told is told again
 * over the next connection. This node hears what it tells at once and not a second time.
 */
public final class Broadcast {
    private static final Logger log = LoggerFactory.getLogger(Broadcast.class);
    private static final Duration TRUSTED = Duration.ofSeconds(3);
    private static final int REST_MILLIS = 500;

    private final DatabaseAddress database;
    private final String channel;
    private final Duration look;
    private final String unheard;
    private final LinkedBlockingQueue<UUID> waiting = new LinkedBlockingQueue<>();
    private final List<Consumer<UUID>> ears = new CopyOnWriteArrayList<>();
    private final List<Runnable> gaps = new CopyOnWriteArrayList<>();
    private volatile long heardAt = Long.MIN_VALUE;
    private volatile @Nullable Thread thread;

    /**
     * @param channel lower-case name, also of the thread
     * @param look how long the connection listens before it looks for what is to be told: no id waits longer
     * @param unheard what the log says while other nodes can't be heard
     */
    public Broadcast(DatabaseAddress database, String channel, Duration look, String unheard) {
        this.database = database;
        this.channel = channel;
        this.look = look;
        this.unheard = unheard;
    }

    /** Called for each id told here or on another node; must not block. */
    public void onTold(Consumer<UUID> ear) {
        ears.add(ear);
    }

    /** Called when other nodes can be heard again: what they told meanwhile is not known. */
    public void onGap(Runnable forget) {
        gaps.add(forget);
    }

    /** Belongs after the commit of what it tells. */
    public void tell(UUID id) {
        hear(id);
        waiting.add(id);
    }

    /** Whether something told on another node would be known here by now. */
    public boolean listening() {
        long at = heardAt;
        return thread != null && at != Long.MIN_VALUE && System.nanoTime() - at < TRUSTED.toNanos();
    }

    public void start() {
        Thread fresh = Thread.ofVirtual().name(channel).unstarted(this::run);
        thread = fresh;
        fresh.start();
    }

    private void run() {
        while (thread == Thread.currentThread()) {
            try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
                serve(connection);
            } catch (SQLException | RuntimeException e) {
                heardAt = Long.MIN_VALUE;
                if (thread != Thread.currentThread()) return;
                log.atWarn().addKeyValue("channel", channel).addKeyValue("trace", Traces.of(e)).log(unheard);
                rest();
            }
        }
    }

    private void serve(Connection connection) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("listen " + channel);
        }
        gaps.forEach(Runnable::run);
        PGConnection pg = connection.unwrap(PGConnection.class);
        long checkedAt = System.nanoTime();
        heardAt = checkedAt;
        while (thread == Thread.currentThread()) {
            tellWaiting(connection);
            for (PGNotification said : pg.getNotifications(Math.toIntExact(look.toMillis()))) if (said.getPID() != pg.getBackendPID()) hear(UUID.fromString(said.getParameter()));
            if (System.nanoTime() - checkedAt > TRUSTED.toNanos() / 3) {
                if (!connection.isValid(1)) throw new SQLException("the listening connection is gone");
                checkedAt = System.nanoTime();
                heardAt = checkedAt;
            }
        }
    }

    private void tellWaiting(Connection connection) throws SQLException {
        List<UUID> all = new ArrayList<>();
        waiting.drainTo(all);
        if (all.isEmpty()) return;
        Set<UUID> each = new LinkedHashSet<>(all);
        try (PreparedStatement s = connection.prepareStatement("select pg_notify(?, x::text) from unnest(?::uuid[]) x")) {
            s.setString(1, channel);
            s.setArray(2, connection.createArrayOf("uuid", each.toArray()));
            s.execute();
        } catch (SQLException e) {
            waiting.addAll(each);
            throw e;
        }
    }

    private void hear(UUID id) {
        ears.forEach(ear -> ear.accept(id));
    }

    private static void rest() {
        try {
            Thread.sleep(REST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void stop() {
        @Nullable Thread running = thread;
        thread = null;
        if (running != null) running.interrupt();
    }

    public boolean isRunning() {
        return thread != null;
    }
}
