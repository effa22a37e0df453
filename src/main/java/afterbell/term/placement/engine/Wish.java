package afterbell.term.placement.engine;

import java.util.List;

/**
 * A ranked list of one child: one row of {@code prefs.csv}.
 *
 * @param slot a slot number, or {@code *} for one list for the whole week
 * @param ranks best first; several courses in one rank are equally welcome, an empty rank is skipped
 * @param unfilled what it costs to leave this list without a place, 25 unless a rule says less
 */
public record Wish(String pupil, String slot, List<List<String>> ranks, int unfilled) {
    public static final String WEEK = "*";
    public static final int UNFILLED = 25;

    public Wish {
        ranks = ranks.stream().map(tied -> tied.stream().sorted(Text.ORDER).toList()).toList();
    }

    public boolean forWeek() {
        return slot.equals(WEEK);
    }
}
