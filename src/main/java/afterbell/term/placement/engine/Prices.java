package afterbell.term.placement.engine;

/**
 * The levels of an order packed into a few longs that compare one after another, so that a shortest path can add them.
 * Only levels that one pupil's places decide alone are exact; siblings count against where the sibling sits now.
 */
final class Prices {
    private final Problem problem;
    private final Seating seating;
    final int width;
    /** Outweighs everything: filling one more seat of a section that is under its minimum. */
    final long shortfall;

    private final long perNothing;
    private final long perFirstClass;
    private final long perSecondClass;
    private final long perBand;
    private final long perContinuity;

    /** @param tieBreaks whether levels 5 to 8 count as well */
    Prices(Seating seating, boolean tieBreaks) {
        this.seating = seating;
        problem = seating.problem;
        width = tieBreaks ? 4 : 2;
        long[] most = {1, 1, 1, 1};
        long continuing = 1;
        long lottery = 1;
        long siblingDays = 1;
        for (int p = 0; p < problem.pupils; p++) {
            most[problem.priority[p]] += 36L * problem.demand[p] + Points.NOTHING;
            lottery += (long) problem.lotteryWeight[p] * Points.UNFILLED_RANK * problem.demand[p];
            siblingDays += (long) problem.siblings[p].length * problem.days;
            continuing += problem.demand[p];
        }
        boolean late = problem.order == Order.PRIORITY;
        perNothing = late ? most[3] : most[1];
        perFirstClass = late ? most[2] : 1;
        perSecondClass = late ? 1 : most[3];
        perBand = siblingDays;
        perContinuity = lottery;
        shortfall = late ? 2 * most[1] * most[2] : (problem.pupils + 1L) * perNothing;
        if (continuing > Long.MAX_VALUE / lottery / 4) {
            throw new IllegalArgumentException("an instance this large needs its lottery split");
        }
    }

    void of(int p, Option[] bundle, long[] out) {
        int cost = problem.cost(p, bundle);
        int nothing = problem.nothing(p, bundle);
        switch (problem.order) {
            case FAIR -> {
                out[0] = nothing * perNothing + (problem.priority[p] == 1 ? cost : 0);
                out[1] = problem.priority[p] == 2 ? cost * perSecondClass : problem.priority[p] == 3 ? cost : 0;
            }
            case PRIORITY -> {
                out[0] = problem.priority[p] == 1 ? cost * perFirstClass : problem.priority[p] == 2 ? cost : 0;
                out[1] = nothing * perNothing + (problem.priority[p] == 3 ? cost : 0);
            }
            case COST, DA -> {
                out[0] = 0;
                out[1] = cost;
            }
        }
        if (width == 4) {
            long bands = 0;
            long continuity = 0;
            for (Option option : bundle) {
                bands += option.band();
                continuity += option.continues();
            }
            out[2] = bands * perBand + seating.mismatches(p, bundle, false);
            out[3] = problem.lotteryPoints(p, bundle) - continuity * perContinuity;
        }
    }
}
