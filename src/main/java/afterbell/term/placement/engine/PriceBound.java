package afterbell.term.placement.engine;

import java.util.Arrays;

/**
 * A lower bound of a level where linear programs take minutes (Lagrangian relaxation; Held and Karp 1971, with the steps
 * of Polyak 1969): every seat gets a price, each pupil then chooses alone and legally, and prices follow demand. Whatever
 * the prices, no result that keeps the earlier levels can cost less than the pupils' free choices together minus what all
 * seats would bring in. So the bound is true however the prices were found. Minimum sizes are left out of it.
 *
 * <p>What a place costs a pupil above its free choice, its <i>regret</i>, says which places no better result can hold.
 * The work is counted in rounds: the same school gets the same bound.
 */
final class PriceBound {
    private static final int ROUNDS = 2_000;
    /** How much of the last step is taken again: prices then swing less. */
    private static final double KEPT = 0.3;
    /** Rounds without a better bound before the steps become half as long. */
    private static final int PATIENCE = 30;

    private static final double SHORTEST = 2e-4;
    /** Far below the one point between two values. */
    private static final double SAFETY = 1e-6;
    /** What one sum of two numbers can be off, in parts of what is summed. */
    private static final double ROUNDING = 2.3e-16;

    private final Problem problem;
    private final FreeChoice[] choices;
    private final int level;
    private final long[] values;
    private final int nobody;

    private double[] seatPrice;
    private double[] groupPrice;
    private double[] weight;
    private double best = Double.NEGATIVE_INFINITY;
    /** What the sums of the last round can be off: prices may grow without end where the level can't be better. */
    private double off;
    private double bestOff;

    /**
     * @param level which is to be bounded
     * @param values of the best known result: those of earlier levels are kept, that of this one says when the bound is reached
     * @param open the places that may be held at all, by pupil and option
     */
    PriceBound(Problem problem, int level, long[] values, boolean[][] open) {
        this.problem = problem;
        this.level = level;
        this.values = values.clone();
        nobody = problem.nobody;
        choices = new FreeChoice[problem.pupils];
        Arrays.setAll(choices, p -> new FreeChoice(problem, p, open[p]));
        seatPrice = new double[problem.sections];
        groupPrice = new double[problem.groupSeats.length];
        weight = new double[level + 1];
        weight[level] = 1;
        search();
    }

    /** No legal result that keeps the earlier levels has less than this; 0 at the least. */
    long bound() {
        return Math.max(0, (long) Math.ceil(safe()));
    }

    private double safe() {
        return best - SAFETY * Math.max(1, Math.abs(best));
    }

    /** The least that a result holding the place can have, by pupil and option. */
    double[][] leastWith() {
        double[][] least = new double[problem.pupils][];
        double safe = safe() - bestOff;
        for (int p = 0; p < problem.pupils; p++) {
            FreeChoice choice = choices[p];
            choice.price(seatPrice, groupPrice, classWeight(weight, p), nothingWeight(weight));
            least[p] = new double[problem.options[p].length];
            for (int i = 0; i < least[p].length; i++) {
                least[p][i] = safe + choice.regret(i);
            }
        }
        return least;
    }

    private double classWeight(double[] weights, int p) {
        int own = problem.level[p];
        return own < weights.length ? weights[own] : 0;
    }

    private double nothingWeight(double[] weights) {
        return nobody >= 0 && nobody < weights.length ? weights[nobody] : 0;
    }

    /** By how much demand exceeds what there is, at some prices. */
    private static final class Excess {
        final double[] seat;
        final double[] group;
        final double[] levels;

        Excess(double[] seat, double[] group, double[] levels) {
            this.seat = new double[seat.length];
            this.group = new double[group.length];
            this.levels = new double[levels.length];
        }
    }

    private void search() {
        double[] seat = seatPrice.clone();
        double[] group = groupPrice.clone();
        double[] weights = weight.clone();
        Excess excess = new Excess(seat, group, weights);
        Excess way = new Excess(seat, group, weights);
        double stride = 1;
        int waiting = 0;
        for (int round = 0; round < ROUNDS && stride >= SHORTEST && bound() < values[level]; round++) {
            double found = evaluate(seat, group, weights, excess);
            if (found > best + 1e-9) {
                best = found;
                bestOff = off;
                seatPrice = seat.clone();
                groupPrice = group.clone();
                weight = weights.clone();
                waiting = 0;
            } else if (++waiting >= PATIENCE) {
                stride /= 2;
                waiting = 0;
                seat = seatPrice.clone();
                group = groupPrice.clone();
                weights = weight.clone();
                found = evaluate(seat, group, weights, excess);
            }
            // Values of levels are hundreds of times larger than seats; their weights move in a measure of their own.
            for (int earlier = 0; earlier < level; earlier++) {
                excess.levels[earlier] /= Math.max(1, values[earlier] / 20.0);
            }
            excess.levels[level] = 0;
            double length = turn(seat, excess.seat, way.seat)
                    + turn(group, excess.group, way.group)
                    + turn(weights, excess.levels, way.levels);
            if (length == 0) {
                return;
            }
            double step = (best + stride * (values[level] + 0.5 - best) - found) / length;
            go(seat, way.seat, step);
            go(group, way.group, step);
            go(weights, way.levels, step);
        }
    }

    /** Turns the way towards the excess; answers the square of its length. */
    private static double turn(double[] price, double[] excess, double[] way) {
        double length = 0;
        for (int n = 0; n < way.length; n++) {
            way[n] = excess[n] + KEPT * way[n];
            if (price[n] > 0 || way[n] > 0) {
                length += way[n] * way[n];
            }
        }
        return length;
    }

    private static void go(double[] price, double[] way, double step) {
        for (int n = 0; n < way.length; n++) {
            price[n] = Math.max(0, price[n] + step * way[n]);
        }
    }

    /** The bound that these prices give, less what the arithmetic can be off. */
    private double evaluate(double[] seat, double[] group, double[] weights, Excess excess) {
        double sum = 0;
        double mass = 0;
        for (int s = 0; s < seat.length; s++) {
            excess.seat[s] = -problem.seats[s];
            sum -= seat[s] * problem.seats[s];
        }
        for (int g = 0; g < group.length; g++) {
            excess.group[g] = -problem.groupSeats[g];
            sum -= group[g] * problem.groupSeats[g];
        }
        for (int earlier = 0; earlier < level; earlier++) {
            excess.levels[earlier] = -values[earlier];
            sum -= weights[earlier] * values[earlier];
        }
        excess.levels[level] = 0;
        mass -= sum;
        double nothing = nothingWeight(weights);
        for (int p = 0; p < problem.pupils; p++) {
            FreeChoice choice = choices[p];
            choice.price(seat, group, classWeight(weights, p), nothing);
            sum += choice.cost();
            mass += choice.mass();
            count(p, choice, excess);
        }
        off = ROUNDING * (problem.pupils + problem.sections + group.length + 64.0) * mass;
        return sum - off;
    }

    private void count(int p, FreeChoice choice, Excess excess) {
        int cost = problem.base[p];
        for (int n = 0; n < choice.chosen; n++) {
            Option option = problem.options[p][choice.picks[n]];
            excess.seat[option.section()]++;
            if (option.group() >= 0) {
                excess.group[option.group()]++;
            }
            cost -= option.gain();
        }
        boolean none = problem.shielded[p] && choice.chosen == 0;
        if (none && nobody >= 0 && nobody < excess.levels.length) {
            excess.levels[nobody]++;
        }
        int own = problem.level[p];
        if (own < excess.levels.length) {
            excess.levels[own] += cost + (none ? Points.NOTHING : 0);
        }
    }
}
