package afterbell.base.roster.protecting;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One paper, opened for a purpose; shown once, kept nowhere. */
public record ReadingPage(String pupil, String className, String name, boolean guardian, String document, String said, @Nullable LocalDate until, String purpose) {}
