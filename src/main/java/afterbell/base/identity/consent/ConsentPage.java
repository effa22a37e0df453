package afterbell.base.identity.consent;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param ask the child that is asked about now, or null where everything is decided
 * @param number of the child asked about, from 1
 * @param version of the text in force
 */
public record ConsentPage(@Nullable Child ask, int number, List<Child> children, String back, String version) {

    /** @param decision given, declined, withdrawn, or null */
    public record Child(UUID pupil, String name, String className, @Nullable String decision, @Nullable Instant at) {}
}
