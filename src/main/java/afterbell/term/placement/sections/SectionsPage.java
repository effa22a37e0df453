package afterbell.term.placement.sections;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All sections of the term with their seats.
 *
 * @param rushAllowed whether the rules let seats go by time at all
 * @param opens from when they do, null where they do not
 */
public record SectionsPage(
        boolean any, String q, List<Found> found, List<Line> sections, List<Integer> days, boolean mayAct, boolean rushAllowed, @Nullable Instant opens, @Nullable Instant closes, String typedOpens, String typedHours, List<? extends Refusal> refusals) {

    public record Found(UUID pupil, String name, String className) {}

    public record Line(UUID id, String code, String name, int capacity, int over, int taken, int held, boolean running, int waiting, int byHand) {
        public int free() {
            return Math.max(0, capacity + over - taken - held);
        }
    }
}
