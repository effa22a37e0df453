package afterbell.base.roster;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A child present at the school.
 *
 * @param gender F, M or null where the school didn't say
 * @param initials pinyin initials, for search
 */
public record Pupil(
        UUID id, UUID schoolClass, int grade, String className, String name, @Nullable String gender, @Nullable LocalDate birthday, String initials, boolean boarding) {}
