package afterbell.base.roster.protecting;

import afterbell.base.roster.Pupil;
import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is in force, and what was. Names of the people kept away are masked until a reading with a purpose.
 *
 * @param found children who match the search, to start with
 */
public record ProtectionsPage(List<Line> open, List<Line> ended, String q, List<Pupil> found, List<? extends Refusal> refusals) {
    public static final List<String> PURPOSES = List.of("gate", "family", "authority", "correct");

    /**
     * @param guardian whether rights of a guardian are taken, else the person is only barred from taking the child
     * @param scans how many pages of the paper are kept
     */
    public record Line(UUID id, String pupil, String className, String masked, boolean guardian, int scans, @Nullable LocalDate until, Instant since, @Nullable Instant endedAt) {}
}
