package afterbell.desk.desk.board;

import afterbell.base.shared.db.DatabaseAddress;
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
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells all nodes that something moved in a school. Acts only poke it, after their commit; one connection of its own sends one NOTIFY for all schools that were
 * poked since the last one, and listens. A NOTIFY inside an act would make the database commit one act after the other.
 *
 * <p>What is told is that something moved, never what: a poke that gets lost with its node costs a board one look, which it makes by itself in any case.
 */
@Component
class Relay implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final String CHANNEL = "afterbell_moved";
    private static final Duration TRUSTED = Duration.ofSeconds(3);
    /** How long the connection listens before it looks for pokes; a poke waits no longer. */
    private static final int LISTEN_MILLIS = 50;

    private final DatabaseAddress database;
    private final LinkedBlockingQueue<UUID> poked = new LinkedBlockingQueue<>();
    private final List<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();
    private volatile long heardAt = Long.MIN_VALUE;
    private volatile @Nullable Thread thread;

    Relay(DatabaseAddress database) {
        this.database = database;
    }

    /** Called for each school in which something moved, here or on another node; must not block. */
    void onMoved(Consumer<UUID> listener) {
        listeners.add(listener);
    }

    /** Something moved here and is committed. */
    void poke(UUID school) {
        listeners.forEach(l -> l.accept(school));
        poked.add(school);
    }

    /** Whether a move on another node would be heard. */
    boolean listening() {
        long at = heardAt;
        return at != Long.MIN_VALUE && System.nanoTime() - at < TRUSTED.toNanos();
    }

    @Override
    public void start() {
        Thread fresh = Thread.ofVirtual().name("boards-relay").unstarted(this::run);
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
                log.atWarn().addKeyValue("trace", Traces.of(e)).log("moves on other nodes are not heard: open boards look by themselves until they are");
                pause();
            }
        }
    }

    private void serve(Connection connection) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("listen " + CHANNEL);
        }
        PGConnection pg = connection.unwrap(PGConnection.class);
        long checkedAt = System.nanoTime();
        heardAt = checkedAt;
        while (thread == Thread.currentThread()) {
            tell(connection);
            for (PGNotification said : pg.getNotifications(LISTEN_MILLIS)) {
                if (said.getPID() == pg.getBackendPID()) continue;
                UUID school = UUID.fromString(said.getParameter());
                listeners.forEach(l -> l.accept(school));
            }
            if (System.nanoTime() - checkedAt > TRUSTED.toNanos() / 3) {
                if (!connection.isValid(1)) throw new SQLException("the listening connection is gone");
                checkedAt = System.nanoTime();
                heardAt = checkedAt;
            }
        }
    }

    private void tell(Connection connection) throws SQLException {
        Set<UUID> schools = new LinkedHashSet<>();
        List<UUID> all = new ArrayList<>();
        poked.drainTo(all);
        schools.addAll(all);
        if (schools.isEmpty()) return;
        try (PreparedStatement s = connection.prepareStatement("select pg_notify('" + CHANNEL + "', x::text) from unnest(?::uuid[]) x")) {
            s.setArray(1, connection.createArrayOf("uuid", schools.toArray()));
            s.execute();
        } catch (SQLException e) {
            // Told again over the next connection.
            poked.addAll(schools);
            throw e;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        @Nullable Thread running = thread;
        thread = null;
        if (running != null) running.interrupt();
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
