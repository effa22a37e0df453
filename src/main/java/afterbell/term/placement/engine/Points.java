package afterbell.term.placement.engine;

/** The published cost of a place by its rank, and of having none. */
public final class Points {
    private static final int[] BY_RANK = {0, 1, 3, 6, 10, 15, 21, 28, 36};

    /** Further cost of a pupil who asked and got no place at all. */
    public static final int NOTHING = 60;

    /** Level 8 counts an unfilled wanted slot as this rank. */
    public static final int UNFILLED_RANK = 10;

    private Points() {}

    /** Cost of a place that is the child's choice number {@code rank}, from 1; all beyond the ninth cost the same. */
    public static int ofRank(int rank) {
        return BY_RANK[Math.min(rank, BY_RANK.length) - 1];
    }

    /** The rank as level 8 counts it. */
    public static int lotteryRank(int rank) {
        return Math.min(rank, BY_RANK.length);
    }
}
