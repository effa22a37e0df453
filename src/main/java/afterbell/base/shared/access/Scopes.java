package afterbell.base.shared.access;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The scope of the running thread. Requests get theirs from the access check, jobs open one per school; whoever opens none reads nothing, because
 * the transaction then sets no scope and the policies raise.
 */
public final class Scopes {
    private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

    private Scopes() {}

    public static Optional<Scope> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Runs work under a scope and puts the former one back. Opens no transaction by itself. */
    public static <T> T within(Scope scope, Supplier<T> work) {
        @Nullable Scope before = CURRENT.get();
        CURRENT.set(scope);
        try {
            return work.get();
        } finally {
            restore(before);
        }
    }

    public static void within(Scope scope, Runnable work) {
        within(scope, () -> {
            work.run();
            return true;
        });
    }

    public static <T> T callWithin(Scope scope, Callable<T> work) throws Exception {
        @Nullable Scope before = CURRENT.get();
        CURRENT.set(scope);
        try {
            return work.call();
        } finally {
            restore(before);
        }
    }

    /** For a page that shows one school to everybody. */
    public static <T> T publicly(UUID school, Supplier<T> work) {
        return within(Scope.publicly(school), work);
    }

    /** Used by the access check alone, which can't wrap the handler in a call. */
    public static void open(Scope scope) {
        CURRENT.set(scope);
    }

    public static void close() {
        CURRENT.remove();
    }

    private static void restore(@Nullable Scope before) {
        if (before == null) CURRENT.remove();
        else CURRENT.set(before);
    }
}
