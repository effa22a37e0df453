package afterbell.base.shared.web;

import afterbell.base.shared.access.Wearer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person has to do now, as a room knows it; the first page merges the answers of all rooms and all hats by time. Runs under the wearer's scope. */
public interface TaskSource {

    enum State {
        CALM,
        ATTENTION,
        DANGER,
        DONE
    }

    /**
     * @param titleKey message key, filled with facts
     * @param noteKey one plain sentence below, or empty
     * @param href where the one button leads
     * @param buttonKey message key of the button
     * @param deadline null where there is none
     * @param about whose task it is: a child's or class's name, or empty
     */
    record Task(String titleKey, List<Object> facts, String noteKey, String href, String buttonKey, @Nullable Instant deadline, State state, String about) {}

    List<Task> tasks(Wearer wearer);
}
