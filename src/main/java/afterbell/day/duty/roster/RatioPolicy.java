package afterbell.day.duty.roster;

import afterbell.base.rules.RuleTable;

/** How many people a day needs (R68, R69); the numbers are the rules'. */
final class RatioPolicy {
    private RatioPolicy() {}

    /**
     * Administrators besides the leader.
     *
     * @param extra rows of {@code duty.extra-administrators}: the first whose {@code below} is greater applies, the last has none
     * @param bands grade bands with children that day, for rows that count per band
     */
    static int administrators(RuleTable extra, int children, int bands) {
        for (RuleTable.Row row : extra.rows()) {
            boolean applies = row.maybe("below").map(b -> children < (Integer) b).orElse(true);
            if (applies) return row.number("add") * (row.yes("per-grade-band") ? Math.max(1, bands) : 1);
        }
        return 0;
    }

    /** Teachers that so many children need. */
    static int teachers(int children, int perTeacher) {
        return (children + perTeacher - 1) / perTeacher;
    }
}
