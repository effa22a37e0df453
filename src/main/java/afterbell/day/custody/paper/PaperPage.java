package afterbell.day.custody.paper;

import afterbell.day.custody.ChildStanding.State;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;

/** Rolls to print, one sheet a session. */
public record PaperPage(LocalDate day, List<Sheet> sheets) {

    public record Sheet(UUID session, String name, String room, LocalTime starts, LocalTime ends, String teacher, List<Child> children) {
        /** Children of several classes. */
        public boolean mixed() {
            return children.stream().map(Child::className).distinct().count() > 1;
        }
    }

    /** @param away known not to come */
    public record Child(String name, String className, State state, boolean away) {}
}
