package afterbell.day.safety.passing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the gate may know of a child: whether it may go, and nothing of why.
 *
 * @param state as custody says, {@code unknown} where the day does not know the child
 * @param until end of a leave, else null
 */
public record Pass(UUID pupil, String name, String schoolClass, String state, @Nullable Instant until, @Nullable Instant bell) {
    /** Leave is recorded, or the service doesn't expect the child and the bell has rung. */
    public boolean green(Instant now) {
        return switch (state) {
            case "on_leave" -> true;
            case "not_expected" -> bell != null && !now.isBefore(bell);
            default -> false;
        };
    }

    /** Has left already, as far as anybody said: at the gate a question to the duty leader. */
    public boolean gone() {
        return switch (state) {
            case "collected", "with_line", "walked_home", "accounted" -> true;
            default -> false;
        };
    }
}
