package afterbell.day.dismissal.waves;

import afterbell.day.dismissal.LeavingStore.Line;
import afterbell.day.dismissal.LineStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param waves in order of time
 * @param staff who looks, or null; the own line has its next step as a button
 */
public record WavesPage(List<Wave> waves, @Nullable UUID staff) {

    /** Lines that leave at one time by one gate. @param gate as the school calls it; may be empty */
    public record Wave(Instant leaves, String gate, List<Line> lines) {
        public int here() {
            return lines.stream().mapToInt(Line::here).sum();
        }

        public int gone() {
            return lines.stream().mapToInt(Line::gone).sum();
        }

        public boolean over() {
            return here() == 0 && gone() > 0;
        }
    }

    public Optional<LineStep> next(Line line) {
        return staff != null && staff.equals(line.teacher()) && line.here() > 0 ? LineStep.after(line.step()) : Optional.empty();
    }
}
