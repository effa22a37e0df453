package afterbell.day.dismissal.gate;

import afterbell.base.shared.Refusal;
import afterbell.day.dismissal.LeavingStore.Leaving;
import afterbell.day.dismissal.LeavingStore.Line;
import afterbell.day.dismissal.LeavingStore.Ride;
import afterbell.day.dismissal.LineStep;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param lines those that form or have left
 * @param before minutes before the end of its session in which a line forms
 * @param rides buses and dormitories of today, for whoever sees the whole school
 * @param waiting children whose last session is over or about to end, whoever waits longest first
 * @param more whether there are more than are listed
 * @param typed what was searched; found: who was found by it
 * @param staff who looks, or null; the own line has its next step as a button
 * @param all whether the whole school is listed or the person's own children
 */
public record GatePage(List<Line> lines, long before, List<Ride> rides, List<Leaving> waiting, boolean more, String typed, List<Leaving> found, @Nullable UUID staff, boolean all, List<? extends Refusal> refusals) {
    public List<Leaving> late() {
        return waiting.stream().filter(Leaving::waitsLate).toList();
    }

    public List<Leaving> others() {
        return waiting.stream().filter(c -> !c.waitsLate()).toList();
    }

    public List<Line> forming() {
        return lines.stream().filter(l -> l.here() > 0).toList();
    }

    /** What whoever looks says next of his own line. */
    public Optional<LineStep> next(Line line) {
        return staff != null && staff.equals(line.teacher()) ? LineStep.after(line.step()) : Optional.empty();
    }

    public List<Line> left() {
        return lines.stream().filter(l -> l.here() == 0 && l.gone() > 0).toList();
    }
}
