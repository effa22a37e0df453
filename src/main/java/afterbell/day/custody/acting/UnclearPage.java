package afterbell.day.custody.acting;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Children with versions that contradict each other, in words. */
public record UnclearPage(List<Child> children) {

    /** @param disputed two people claim the child; otherwise it left in a way that the duty leader has to look at */
    public record Child(String name, String className, boolean disputed, List<Version> versions) {}

    /**
     * What somebody said.
     *
     * @param at when it happened; recorded: when the house heard of it
     * @param mine by the person who looks
     * @param session where, or empty
     * @param adult to whom, or empty
     */
    public record Version(Instant at, Instant recorded, String kind, String by, boolean mine, String session, String adult) {
        private static final Duration AT_ONCE = Duration.ofMinutes(2);

        /** Heard of later, from a device without a network. */
        public boolean late() {
            return recorded.isAfter(at.plus(AT_ONCE));
        }
    }
}
