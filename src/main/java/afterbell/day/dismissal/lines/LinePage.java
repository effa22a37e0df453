package afterbell.day.dismissal.lines;

import afterbell.base.roster.WayHome.Ways;
import afterbell.base.shared.Refusal;
import afterbell.day.dismissal.LeavingStore.Leaving;
import afterbell.day.dismissal.LineStep;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * @param covered may leave with the line, or walk home, unless tapped
 * @param others no consent covers the day, or out of the room: they are handed over one by one
 * @param step how far the line is; empty for nothing said
 * @param early minutes until the session ends, 0 once it may form
 */
public record LinePage(UUID session, String name, String room, Instant leaves, List<Child> covered, List<Child> others, int gone, String step, long early, List<? extends Refusal> refusals) {
    public record Child(Leaving leaving, Ways ways, boolean stays) {
        public UUID id() {
            return leaving.pupil();
        }

        /** Out of the room, and in the line as soon as its teacher says that it is back. */
        public boolean mayComeBack() {
            return leaving.calledOut() && (ways.line() != null || ways.walk() != null);
        }

        /** Walks home alone from the mark. */
        public boolean walks() {
            return ways.line() == null;
        }
    }

    public static final List<String> STEPS = Stream.of(LineStep.values()).map(LineStep::code).toList();

    public String href() {
        return "/lines/" + session;
    }

    public boolean over() {
        return covered.isEmpty() && others.isEmpty();
    }
}
