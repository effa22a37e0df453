package afterbell.app;

import java.util.concurrent.Callable;

/** A command of {@code ./afterbell}: a picocli command class named in {@code META-INF/services/afterbell.app.Subcommand}. Answers the exit code. */
public interface Subcommand extends Callable<Integer> {
    /** Not an exit code: the command started a server that goes on. */
    int KEEPS_RUNNING = Integer.MIN_VALUE;
}
