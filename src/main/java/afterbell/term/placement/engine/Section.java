package afterbell.term.placement.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A section that families may wish for: one row of {@code courses.csv}.
 *
 * @param course its id
 * @param activity the activity it is a group of; a child joins at most one section of an activity
 * @param slots slots it takes as a whole; 0-4 are Monday to Friday, 5-9 a second period of them, and so on
 * @param capacity most pupils, fixed members included
 * @param minSize fewest pupils with which it runs; with fewer it does not run at all
 * @param gradeLo lowest eligible grade
 * @param gradeHi highest eligible grade
 * @param ends 0 where it ends early, 1 where late
 * @param classSeats most pupils of one home class, or null where the school set no such cap
 */
public record Section(
        String course,
        String activity,
        List<Integer> slots,
        int capacity,
        int minSize,
        int gradeLo,
        int gradeHi,
        int ends,
        @Nullable Integer classSeats) {
    public Section {
        slots = slots.stream().sorted().toList();
    }

    public boolean admits(int grade) {
        return gradeLo <= grade && grade <= gradeHi;
    }
}
