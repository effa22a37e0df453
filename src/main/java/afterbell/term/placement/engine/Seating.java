package afterbell.term.placement.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A working result: who holds what, with the load of every section kept beside it. */
final class Seating {
    private static final Option[] NONE = {};

    final Problem problem;
    final Option[][] held;
    final int[] load;
    final int[] groupLoad;
    /** Sections that may be used; a section outside runs for nobody. */
    final boolean[] open;

    Seating(Problem problem) {
        this.problem = problem;
        held = new Option[problem.pupils][];
        Arrays.fill(held, NONE);
        load = new int[problem.sections];
        groupLoad = new int[problem.groupSeats.length];
        open = new boolean[problem.sections];
        for (int s = 0; s < problem.sections; s++) {
            open[s] = !problem.impossible[s];
        }
    }

    Seating(Seating other) {
        problem = other.problem;
        held = other.held.clone();
        load = other.load.clone();
        groupLoad = other.groupLoad.clone();
        open = other.open.clone();
    }

    void become(Seating other) {
        System.arraycopy(other.held, 0, held, 0, held.length);
        System.arraycopy(other.load, 0, load, 0, load.length);
        System.arraycopy(other.groupLoad, 0, groupLoad, 0, groupLoad.length);
        System.arraycopy(other.open, 0, open, 0, open.length);
    }

    void give(int p, Option[] bundle) {
        for (Option option : held[p]) {
            count(option, -1);
        }
        held[p] = bundle;
        for (Option option : bundle) {
            count(option, 1);
        }
    }

    private void count(Option option, int change) {
        load[option.section()] += change;
        if (option.group() >= 0) {
            groupLoad[option.group()] += change;
        }
    }

    boolean hasRoom(Option option) {
        return open[option.section()]
                && load[option.section()] < problem.seats[option.section()]
                && (option.group() < 0 || groupLoad[option.group()] < problem.groupSeats[option.group()]);
    }

    boolean holds(int p, int section) {
        for (Option option : held[p]) {
            if (option.section() == section) {
                return true;
            }
        }
        return false;
    }

    List<List<Integer>> members() {
        List<List<Integer>> members = new ArrayList<>();
        for (int s = 0; s < problem.sections; s++) {
            members.add(new ArrayList<>());
        }
        for (int p = 0; p < problem.pupils; p++) {
            for (Option option : held[p]) {
                members.get(option.section()).add(p);
            }
        }
        return members;
    }

    /** Every section runs within its sizes or has nobody. What pupils hold is legal by construction. */
    boolean sizesAreLegal() {
        for (int s = 0; s < problem.sections; s++) {
            if (load[s] > problem.seats[s] || (load[s] > 0 && (load[s] < problem.minimum[s] || !open[s]))) {
                return false;
            }
        }
        for (int g = 0; g < groupLoad.length; g++) {
            if (groupLoad[g] > problem.groupSeats[g]) {
                return false;
            }
        }
        return true;
    }

    /** Open sections without a member, where a minimum is asked, do not run. */
    void closeEmpty() {
        for (int s = 0; s < problem.sections; s++) {
            if (load[s] == 0 && problem.minimum[s] > 0) {
                open[s] = false;
            }
        }
    }

    /** Values of all levels of the problem's order. */
    long[] levels() {
        long nothing = 0;
        long[] byClass = new long[4];
        long bands = 0;
        long siblings = 0;
        long continuity = 0;
        long lottery = 0;
        for (int p = 0; p < problem.pupils; p++) {
            nothing += problem.nothing(p, held[p]);
            byClass[problem.priority[p]] += problem.cost(p, held[p]);
            for (Option option : held[p]) {
                bands += option.band();
                continuity -= option.continues();
            }
            lottery += problem.lotteryPoints(p, held[p]);
            siblings += mismatches(p, held[p], true);
        }
        return switch (problem.order) {
            case FAIR -> new long[] {
                nothing, byClass[1], byClass[2], byClass[3], bands, siblings, continuity, lottery
            };
            case PRIORITY -> new long[] {
                byClass[1], byClass[2], nothing, byClass[3], bands, siblings, continuity, lottery
            };
            case COST -> new long[] {byClass[0], bands, siblings, continuity, lottery};
            case DA -> new long[0];
        };
    }

    /** Days on which the pupil and a sibling, both seated, end at different times. */
    int mismatches(int p, Option[] bundle, boolean onlyLaterSiblings) {
        if (problem.siblings[p].length == 0) {
            return 0;
        }
        int[] own = ends(p, bundle);
        int found = 0;
        for (int sibling : problem.siblings[p]) {
            if (onlyLaterSiblings && sibling < p) {
                continue;
            }
            int[] theirs = ends(sibling, held[sibling]);
            for (int day = 0; day < problem.days; day++) {
                if (own[day] >= 0 && theirs[day] >= 0 && own[day] != theirs[day]) {
                    found++;
                }
            }
        }
        return found;
    }

    private int[] ends(int p, Option[] bundle) {
        int[] ends = problem.fixedEnds[p].clone();
        for (Option option : bundle) {
            for (int slot : problem.slotsOf[option.section()]) {
                int day = problem.dayOfSlot[slot];
                ends[day] = Math.max(ends[day], problem.endsOf[option.section()]);
            }
        }
        return ends;
    }

    static int compare(long[] a, long[] b) {
        return Arrays.compare(a, b);
    }
}
