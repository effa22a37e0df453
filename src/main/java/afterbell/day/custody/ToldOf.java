package afterbell.day.custody;

import afterbell.day.custody.childday.Clearance;
import afterbell.day.custody.childday.Telling;
import java.util.Set;
import java.util.UUID;

/**
 * Something said of one child.
 *
 * @param clearance what guardians and office allow today; only a release asks for it
 */
public record ToldOf(UUID pupil, Telling telling, Clearance clearance) {
    private static final Clearance NOTHING = new Clearance(Set.of(), Set.of(), Set.of());

    public ToldOf(UUID pupil, Telling telling) {
        this(pupil, telling, NOTHING);
    }
}
