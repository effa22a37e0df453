package afterbell.base.shared.web;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a failure happened, without its message: messages may quote data (law 8). */
public final class Traces {
    private Traces() {}

    public static String of(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            all.append(t.getClass().getName()).append(" at ");
            all.append(Arrays.stream(t.getStackTrace()).filter(f -> f.getClassName().startsWith("afterbell.")).limit(8).map(StackTraceElement::toString).collect(Collectors.joining(" < ")));
            all.append("; ");
        }
        return all.toString();
    }
}
