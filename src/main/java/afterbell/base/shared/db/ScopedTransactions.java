package afterbell.base.shared.db;

import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sets the scope locally at the begin of each transaction, where the row-level policies read it. Without an open scope nothing is set, and the
 * policies raise: forgetting fails closed.
 */
final class ScopedTransactions extends JdbcTransactionManager {
    private static final long serialVersionUID = 1;
    private static final String SET =
            """
            select set_config('afterbell.hat', ?, true), set_config('afterbell.account', ?, true), set_config('afterbell.schools', ?, true),
                   set_config('afterbell.children', ?, true), set_config('afterbell.bureau', ?, true)
            """;
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private static final long PATIENCE_SECONDS = 20;

    /** A fair queue in front of the pool: the pool itself lets some of thousands of virtual threads wait forever. */
    private final transient Semaphore places;

    ScopedTransactions(DataSource dataSource, int places) {
        super(dataSource);
        this.places = new Semaphore(places, true);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        takePlace();
        try {
            super.doBegin(transaction, definition);
        } catch (RuntimeException e) {
            places.release();
            throw e;
        }
        try {
            Scopes.current().ifPresent(this::set);
        } catch (RuntimeException e) {
            doCleanupAfterCompletion(transaction);
            throw e;
        }
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        try {
            super.doCleanupAfterCompletion(transaction);
        } finally {
            places.release();
        }
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) throw new CannotCreateTransactionException("the database is busy");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotCreateTransactionException("interrupted while waiting for the database", e);
        }
    }

    private void set(Scope scope) {
        ConnectionHolder holder = (ConnectionHolder) TransactionSynchronizationManager.getResource(obtainDataSource());
        if (holder == null) throw new IllegalStateException("a transaction without a connection");
        Connection connection = holder.getConnection();
        try (PreparedStatement set = connection.prepareStatement(SET)) {
            set.setString(1, scope.hat().name());
            set.setString(2, scope.account() == null ? NOBODY : scope.account().toString());
            set.setString(3, array(scope.schools()));
            set.setString(4, array(scope.children()));
            set.setString(5, scope.bureau() == null ? NOBODY : scope.bureau().toString());
            set.execute();
        } catch (SQLException e) {
            throw new CannotCreateTransactionException("the scope could not be set", e);
        }
    }

    private static String array(List<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
