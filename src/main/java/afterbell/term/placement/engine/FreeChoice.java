package afterbell.term.placement.engine;

import java.util.Arrays;

/** What one pupil would hold if seats had prices and nobody else were there: the cheapest legal set of places. */
final class FreeChoice {
    /** Branches of one choice; a pupil with more is let off what clashes, which is never dearer than a legal choice. */
    private static final int MOST_BRANCHES = 2_000;

    private final Problem problem;
    private final int pupil;
    private final Option[] own;
    private final boolean[] open;
    private final long[] clashes;
    private final double[] worth;
    private final int[] byWorth;
    private final int[] trail;
    final int[] picks;
    int chosen;
    private double gained;
    private double penalty;
    private double base;
    private double dearest;
    private int branches;

    /** @param open which options may be held at all; read at every pricing */
    FreeChoice(Problem problem, int pupil, boolean[] open) {
        this.problem = problem;
        this.pupil = pupil;
        this.open = open;
        own = problem.options[pupil];
        clashes = new long[own.length];
        worth = new double[own.length];
        byWorth = new int[own.length];
        Arrays.setAll(byWorth, i -> i);
        trail = new int[own.length];
        picks = new int[own.length];
        for (int i = 0; i < own.length && own.length <= Long.SIZE; i++) {
            for (int j = 0; j < own.length; j++) {
                if (i != j && problem.clash(own[i], own[j])) {
                    clashes[i] |= 1L << j;
                }
            }
        }
    }

    /**
     * Chooses at these prices.
     *
     * @param classWeight what a point of this pupil's cost counts
     * @param nothing what it counts that a pupil has nothing at all
     */
    void price(double[] seat, double[] group, double classWeight, double nothing) {
        base = classWeight * problem.base[pupil];
        penalty = problem.shielded[pupil] ? nothing + classWeight * Points.NOTHING : 0;
        dearest = 0;
        for (int i = 0; i < own.length; i++) {
            double price = seat[own[i].section()] + (own[i].group() >= 0 ? group[own[i].group()] : 0);
            worth[i] = open[i] ? classWeight * own[i].gain() - price : Double.NEGATIVE_INFINITY;
            dearest += price + classWeight * Math.abs(own[i].gain());
        }
        choose(-1);
    }

    /** Least cost at the last prices; {@link #picks} has what is held for it. */
    double cost() {
        return chosen == 0 ? base + penalty : base - gained;
    }

    /** The size of what the last prices made the cost of, for what its arithmetic can be off. */
    double mass() {
        return base + penalty + dearest;
    }

    /** How much dearer the pupil becomes at least where it must hold this option; the choice itself stays. */
    double regret(int option) {
        double free = cost();
        int[] kept = picks.clone();
        int many = chosen;
        double had = gained;
        choose(option);
        double cost = base - gained;
        System.arraycopy(kept, 0, picks, 0, kept.length);
        chosen = many;
        gained = had;
        return Math.max(0, cost - free);
    }

    private void choose(int forced) {
        chosen = 0;
        gained = forced >= 0 ? Double.NEGATIVE_INFINITY : -penalty;
        branches = 0;
        if (own.length == 0) {
            return;
        }
        sort();
        if (forced >= 0) {
            trail[0] = forced;
            int left = problem.demand[pupil] - own[forced].units();
            descend(0, 1, worth[forced], clashes[forced] | 1L << forced, left);
        } else {
            // The best single place may be worth a loss, where having none costs more.
            descend(0, 0, 0, 0, problem.demand[pupil]);
            int first = byWorth[0];
            if (chosen == 0 && worth[first] > gained) {
                gained = worth[first];
                picks[0] = first;
                chosen = 1;
            }
        }
        if (branches >= MOST_BRANCHES || own.length > Long.SIZE) {
            letOff(forced);
        }
    }

    /** By insertion: from one round to the next the order hardly changes. */
    private void sort() {
        for (int i = 1; i < byWorth.length; i++) {
            int moved = byWorth[i];
            int j = i;
            while (j > 0 && comesFirst(moved, byWorth[j - 1])) {
                byWorth[j] = byWorth[j - 1];
                j--;
            }
            byWorth[j] = moved;
        }
    }

    private boolean comesFirst(int a, int b) {
        return worth[a] > worth[b] || (worth[a] == worth[b] && a < b);
    }

    private void descend(int from, int taken, double sum, long barred, int left) {
        if (taken > 0 && sum > gained) {
            gained = sum;
            chosen = taken;
            System.arraycopy(trail, 0, picks, 0, taken);
        }
        int seats = Math.min(left, problem.limit[pupil] - taken);
        if (seats <= 0 || ++branches >= MOST_BRANCHES || sum + hope(from, barred, seats) <= gained + 1e-12) {
            return;
        }
        for (int n = from; n < byWorth.length; n++) {
            int i = byWorth[n];
            if (worth[i] <= 0) {
                return;
            }
            if ((barred >> i & 1) != 0 || own[i].units() > left) {
                continue;
            }
            trail[taken] = i;
            descend(n + 1, taken + 1, sum + worth[i], barred | clashes[i], left - own[i].units());
            if (branches >= MOST_BRANCHES) {
                return;
            }
        }
    }

    /** The most that so many more places could be worth, were they not to clash. */
    private double hope(int from, long barred, int seats) {
        double hope = 0;
        int counted = 0;
        for (int n = from; n < byWorth.length && counted < seats && worth[byWorth[n]] > 0; n++) {
            if ((barred >> byWorth[n] & 1) == 0) {
                hope += worth[byWorth[n]];
                counted++;
            }
        }
        return hope;
    }

    /** Everything that is worth something, whether it clashes or not; a loss only where it is forced, or to have anything at all. */
    private void letOff(int forced) {
        chosen = 0;
        gained = 0;
        for (int n = 0; n < byWorth.length; n++) {
            int i = byWorth[n];
            if (worth[i] > 0 || i == forced || (forced < 0 && n == 0 && penalty > -worth[i])) {
                gained += worth[i];
                picks[chosen++] = i;
            }
        }
        if (chosen == 0) {
            gained = -penalty;
        }
    }
}
