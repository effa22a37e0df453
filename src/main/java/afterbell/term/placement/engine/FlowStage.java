package afterbell.term.placement.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
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
        new SlotFlow(seating, new Prices(seating, false), SlotFlow.ONE_PLACE_EACH, false).solve();
        progress.step("B", 0, "one place each");
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

    /**
     * The section that misses most of its minimum is closed first, then the slots it met in are solved again; in a large
     * school a quarter of those that miss anything at a time.
     */
    private void closeTheShort(Seating seating) {
        while (true) {
            List<Integer> lacking = new ArrayList<>();
            for (int s = 0; s < problem.sections; s++) {
                if (seating.open[s] && missing(seating, s) > 0) {
                    lacking.add(s);
                }
            }
            if (lacking.isEmpty()) {
                return;
            }
            lacking.sort(Comparator.<Integer>comparingInt(s -> -missing(seating, s)).thenComparingInt(s -> s));
            int many = problem.pupils <= LARGE ? 1 : (lacking.size() + 3) / 4;
            close(seating, lacking.subList(0, many));
            progress.step("A", 0, "closed " + many + " of " + lacking.size() + " that miss their minimum");
        }
    }

    private int missing(Seating seating, int section) {
        return problem.minimum[section] - seating.load[section];
    }

    private void close(Seating seating, List<Integer> sections) {
        BitSet slots = new BitSet();
        for (int section : sections) {
            seating.open[section] = false;
            for (int slot : problem.slotsOf[section]) {
                slots.set(slot);
            }
        }
        for (int p = 0; p < problem.pupils; p++) {
            Option[] rest = Arrays.stream(seating.held[p])
                    .filter(option -> seating.open[option.section()])
                    .toArray(Option[]::new);
            if (rest.length < seating.held[p].length) {
                seating.give(p, rest);
            }
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
            close(trial, List.of(s));
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
