package afterbell.base.roster.protecting;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One paper, opened for a purpose; shown once, kept nowhere.
 *
 * @param scans its photographed pages, each opened by a POST of its own
 */
public record ReadingPage(
        UUID id, String pupil, String className, String name, boolean guardian, String document, String said, @Nullable LocalDate until, String purpose, List<UUID> scans) {}
