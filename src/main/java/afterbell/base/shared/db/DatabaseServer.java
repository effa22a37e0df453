package afterbell.base.shared.db;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The embedded server that this process has started, or nothing where it joined one or uses an external one. Closed after the pool: the server then stops
 * cleanly, with a checkpoint, before the process ends; were the process killed, the server's lifeline does the same a moment later.
 */
final class DatabaseServer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;
    static final DatabaseServer NONE = new DatabaseServer(null, null);

    private final EmbeddedPostgres.@Nullable Address address;
    private final @Nullable Process lifeline;

    DatabaseServer(EmbeddedPostgres.@Nullable Address address, @Nullable Process lifeline) {
        this.address = address;
        this.lifeline = lifeline;
    }

    EmbeddedPostgres.@Nullable Address address() {
        return address;
    }

    @Override
    public void close() {
        if (lifeline == null) return;
        try {
            lifeline.getOutputStream().close();
            lifeline.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            lifeline.destroy();
        }
    }
}
