package afterbell.base.identity;

import afterbell.base.shared.db.DatabaseAddress;
import afterbell.base.shared.web.Traces;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
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
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells every node within a moment that an account's sessions or roles have changed. One connection of its own both tells and listens, after the act
 * has been committed: a NOTIFY inside an act would make the database commit one act after the other. While the connection is down nobody may trust
 * what is kept in memory.
 */
@Component
public class Revocations implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Revocations.class);
    private static final String CHANNEL = "afterbell_revoked";
    private static final Duration TRUSTED = Duration.ofSeconds(3);
    private static final int WAIT_MILLIS = 100;

    private final DatabaseAddress database;
    private final LinkedBlockingQueue<UUID> toTell = new LinkedBlockingQueue<>();
    private final List<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();
    private volatile long heardAt = Long.MIN_VALUE;
    private volatile @Nullable Thread thread;

    Revocations(DatabaseAddress database) {
        this.database = database;
    }

    /** Something that keeps accounts in memory; called for each account that changed, also for changes of this node. */
    void onChange(Consumer<UUID> listener) {
        listeners.add(listener);
    }

    /** Whether a change on another node would be known here by now. */
    boolean listening() {
        long at = heardAt;
        return at != Long.MIN_VALUE && System.nanoTime() - at < TRUSTED.toNanos();
    }

    /** The account's sessions, roles or consent changed. Inside a transaction it is told after the commit. */
    public void of(UUID account) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            tell(account);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                tell(account);
            }
        });
    }

    private void tell(UUID account) {
        listeners.forEach(l -> l.accept(account));
        toTell.add(account);
    }

    @Override
    public void start() {
        Thread fresh = Thread.ofVirtual().name("revocations").unstarted(this::run);
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
                log.atWarn().addKeyValue("trace", Traces.of(e)).log("changes of sessions are not heard: nothing is kept in memory until they are");
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
            for (UUID account = toTell.poll(); account != null; account = toTell.poll()) notify(connection, account);
            for (PGNotification said : pg.getNotifications(WAIT_MILLIS)) listeners.forEach(l -> l.accept(UUID.fromString(said.getParameter())));
            if (System.nanoTime() - checkedAt > TRUSTED.toNanos() / 3) {
                if (!connection.isValid(1)) throw new SQLException("the listening connection is gone");
                checkedAt = System.nanoTime();
                heardAt = checkedAt;
            }
        }
    }

    private static void notify(Connection connection, UUID account) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("select pg_notify('" + CHANNEL + "', ?)")) {
            s.setString(1, account.toString());
            s.execute();
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
