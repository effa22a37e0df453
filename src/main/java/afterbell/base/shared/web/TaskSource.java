package afterbell.base.shared.web;

import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
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

    /** A list to read and the tasks that it makes. */
    record Asked<T>(Question<T> question, Function<List<T>, List<Task>> tasks) {}

    /** What to read for this wearer. The first page asks all rooms in one statement, so a room more costs it none. */
    default List<Asked<?>> asked(Wearer wearer) {
        return List.of();
    }

    /** Tasks that need more than one list after another; each statement counts against the six of the first page. */
    default List<Task> tasks(Wearer wearer) {
        return List.of();
    }
}
