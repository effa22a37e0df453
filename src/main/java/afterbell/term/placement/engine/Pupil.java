package afterbell.term.placement.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A child who takes part: one row of {@code pupils.csv}.
 *
 * @param pupil its id, a pseudonym outside the school
 * @param priorityClass 1 (highest) to 3
 * @param siblingGroup shared by the children of one family, or null
 * @param lottery its number in the lottery; 0 is best
 * @param demand slots wanted, or courses wanted where the list is for the week
 * @param previous activities of last term
 * @param home its home class, where sections have seats per class; or null
 * @param limit most clubs a week, fixed ones included; or null
 * @param shielded whether level 1 and its 60 points protect it from getting nothing (a short list may not be)
 */
public record Pupil(
        String pupil,
        int grade,
        int priorityClass,
        @Nullable String siblingGroup,
        int lottery,
        int demand,
        List<String> previous,
        @Nullable String home,
        @Nullable Integer limit,
        boolean shielded) {
    public Pupil {
        previous = previous.stream().sorted(Text.ORDER).toList();
    }
}
