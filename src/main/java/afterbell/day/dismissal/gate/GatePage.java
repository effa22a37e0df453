package afterbell.day.dismissal.gate;

import afterbell.day.dismissal.LeavingStore.Leaving;
import afterbell.day.dismissal.LeavingStore.Line;
import java.util.List;

/**
 * @param lines those that form or have left
 * @param before minutes before the end of its session in which a line forms
 * @param waiting children whose last session is over or about to end, whoever waits longest first
 * @param more whether there are more than are listed
 * @param typed what was searched; found: who was found by it
 * @param all whether the whole school is listed or the person's own children
 */
public record GatePage(List<Line> lines, long before, List<Leaving> waiting, boolean more, String typed, List<Leaving> found, boolean all) {
    public List<Leaving> late() {
        return waiting.stream().filter(Leaving::waitsLate).toList();
    }

    public List<Leaving> others() {
        return waiting.stream().filter(c -> !c.waitsLate()).toList();
    }

    public List<Line> forming() {
        return lines.stream().filter(l -> l.here() > 0).toList();
    }

    public List<Line> left() {
        return lines.stream().filter(l -> l.here() == 0 && l.gone() > 0).toList();
    }
}
