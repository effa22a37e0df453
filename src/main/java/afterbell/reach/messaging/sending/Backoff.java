package afterbell.reach.messaging.sending;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long to wait after a failed try: longer each time, and after the last no more. */
final class Backoff {
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(3), Duration.ofHours(6));

    /** Tries in all, the first included. */
    static final int MOST = PAUSES.size() + 1;

    private Backoff() {}

    /**
     * @param tries how often it was tried, the failed one included
     * @return empty where it is given up
     */
    static Optional<Duration> after(int tries) {
        return tries <= PAUSES.size() ? Optional.of(PAUSES.get(Math.max(1, tries) - 1)) : Optional.empty();
    }
}
