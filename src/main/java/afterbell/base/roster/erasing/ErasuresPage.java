package afterbell.base.roster.erasing;

import afterbell.base.roster.Erasures;
import afterbell.base.shared.Refusal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * What was asked for, and children who have left and could be erased.
 *
 * @param me who looks: the other person carries out
 * @param found children of the search who have left
 */
public record ErasuresPage(UUID me, List<Erasures.Asked> open, long done, String q, List<Left> found, List<? extends Refusal> refusals) {

    public record Left(UUID pupil, String name, String className, LocalDate leftOn, boolean asked) {}
}
