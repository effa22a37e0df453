package afterbell.term.placement.engine;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;

/**
 * Stages A and B: decides which sections run and gives a whole legal result within seconds, in pure Java. Slots are
 * solved one after another, each exactly, until none improves; a section that cannot be filled to its minimum is closed.
 */
final class FlowStage {
    private static final int ROUNDS = 6;
    private static final int MOST_TRIALS = 60;
    private static final int LARGE = 4_000;

    private final Problem problem;
    private final ProgressListener progress;

    FlowStage(Problem problem, ProgressListener progress) {
        this.problem = problem;
        this.progress = progress;
    }

    Seating run() {
        Seating seating = new Seating(problem);
        BitSet all = new BitSet();
        all.set(0, problem.slotCount);
        descend(seating, all);
        closeTheShort(seating);
        if (problem.pupils <= LARGE) {
            tryClosing(seating);
        }
        return seating;
    }

    /** Solves the given slots, and those they disturb, until nothing improves. */
    private void descend(Seating seating, BitSet start) {
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        start.stream().forEach(queue::add);
        int left = ROUNDS * Math.max(1, problem.slotCount);
        while (!queue.isEmpty() && left-- > 0) {
            int slot = queue.poll();
            if (solve(seating, slot, false)) {
                for (int other = 0; other < problem.slotCount; other++) {
                    if (other != slot && !queue.contains(other)) {
                        queue.add(other);
                    }
                }
            }
        }
    }

    /** Solves one slot; keeps the outcome only if it is better. */
    static boolean solve(Seating seating, int slot, boolean tieBreaks) {
        Prices prices = new Prices(seating, tieBreaks);
        for (boolean mayGiveUp : new boolean[] {true, false}) {
            Seating trial = new Seating(seating);
            if (!new SlotFlow(trial, prices, slot, mayGiveUp).solve()) {
                continue;
            }
            long shortBefore = shortfall(seating);
            long shortAfter = shortfall(trial);
            if (shortAfter < shortBefore
                    || (shortAfter == shortBefore && Seating.compare(trial.levels(), seating.levels()) < 0)) {
                seating.become(trial);
                return true;
            }
        }
        return false;
    }

    private static long shortfall(Seating seating) {
        long missing = 0;
        for (int s = 0; s < seating.problem.sections; s++) {
            if (seating.open[s]) {
                missing += Math.max(0, seating.problem.minimum[s] - seating.load[s]);
            }
        }
        return missing;
    }

    /** The section that misses most of its minimum is closed first, then the slots it met in are solved again. */
    private void closeTheShort(Seating seating) {
        while (true) {
            int worst = -1;
            for (int s = 0; s < problem.sections; s++) {
                int missing = problem.minimum[s] - seating.load[s];
                if (seating.open[s] && missing > 0
                        && (worst < 0 || missing > problem.minimum[worst] - seating.load[worst])) {
                    worst = s;
                }
            }
            if (worst < 0) {
                return;
            }
            close(seating, worst);
            progress.step("A", 0, "closed " + problem.instance.sections().get(worst).course());
        }
    }

    private void close(Seating seating, int section) {
        seating.open[section] = false;
        for (int p = 0; p < problem.pupils; p++) {
            if (seating.holds(p, section)) {
                Option[] rest = java.util.Arrays.stream(seating.held[p])
                        .filter(option -> option.section() != section)
                        .toArray(Option[]::new);
                seating.give(p, rest);
            }
        }
        BitSet slots = new BitSet();
        for (int slot : problem.slotsOf[section]) {
            slots.set(slot);
        }
        descend(seating, slots);
    }

    /** A section that just reaches its minimum may hold children who would be better off without it. */
    private void tryClosing(Seating seating) {
        int trials = 0;
        for (int s = 0; s < problem.sections && trials < MOST_TRIALS; s++) {
            if (!seating.open[s] || problem.minimum[s] == 0 || seating.load[s] > problem.minimum[s]) {
                continue;
            }
            trials++;
            Seating trial = new Seating(seating);
            close(trial, s);
            if (trial.sizesAreLegal() && shortfall(trial) == 0
                    && Seating.compare(trial.levels(), seating.levels()) < 0) {
                seating.become(trial);
            }
        }
    }

    /** Every slot once, with all levels; whether any improved. */
    static boolean rotate(Seating seating, List<Integer> slots) {
        boolean improved = false;
        for (int slot : slots) {
            improved |= solve(seating, slot, true);
        }
        return improved;
    }
}
