package afterbell.day.custody.instructing;

import afterbell.base.shared.Refusal;
import afterbell.day.custody.Afternoon.SessionNow;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The outside instructors of a session. @param open whether links can be made: on the day, until the session ends */
public record InstructorPage(SessionNow session, boolean open, List<Person> people, List<? extends Refusal> refusals) {

    /** @param fit whether the papers hold on the day @param link whether a good one exists @param made its address, once, right after it was made */
    public record Person(UUID staff, String name, boolean fit, boolean link, @Nullable Instant openedAt, @Nullable Instant proposedAt, @Nullable String made) {}

    public String href() {
        return "/sessions/" + session.id();
    }

    /** The instructor's own page: names alone. @param taken another device has the link @param list null until it was opened here */
    public record Names(String href, String session, String room, SessionNow now, boolean taken, @Nullable List<Name> list, int proposed) {}

    public record Name(UUID pupil, String name, boolean absent) {}

    /** A link that opens nothing. */
    public record Over() {}
}
