package afterbell.term.placement.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Stage D, the fixed list of exchanges: rotations within a slot; then, pupil by pupil in the order of their ids, moving
 * to a free seat and taking a place whose holder goes elsewhere; then opening a section that enough pupils would gladly
 * join. Repeated until none improves the order, all its levels counted. What it leaves is the ground on which the
 * explanations stand: no single exchange would be better.
 */
final class ExchangeStage {
    private final Seating seating;
    private final Problem problem;
    private final ProgressListener progress;
    private List<List<Integer>> members;

    ExchangeStage(Seating seating, ProgressListener progress) {
        this.seating = seating;
        this.problem = seating.problem;
        this.progress = progress;
        this.members = List.of();
    }

    void run() {
        List<Integer> slots = new ArrayList<>();
        for (int slot = 0; slot < problem.slotCount; slot++) {
            slots.add(slot);
        }
        seating.closeEmpty();
        int round = 0;
        boolean improved = true;
        while (improved) {
            improved = false;
            while (FlowStage.rotate(seating, slots)) {
                improved = true;
            }
            progress.step("D", 0, "rotations done, round " + ++round);
            members = seating.members();
            while (exchangeOnce()) {
                improved = true;
            }
            progress.step("D", 0, "exchanges done, round " + round);
            seating.closeEmpty();
            improved |= Openings.openWhatPaysForItself(seating);
        }
    }

    private boolean exchangeOnce() {
        boolean improved = false;
        for (int p = 0; p < problem.pupils; p++) {
            for (Option wanted : problem.options[p]) {
                if (seating.open[wanted.section()] && !seating.holds(p, wanted.section())) {
                    improved |= tryTo(p, wanted);
                }
            }
        }
        return improved;
    }

    private boolean tryTo(int p, Option wanted) {
        Option[] before = seating.held[p];
        Option[] after = problem.take(before, wanted);
        long[] own = change(p, before, after);
        if (seating.hasRoom(wanted)) {
            if (better(own) && !leavesTooFew(p, after)) {
                give(p, after);
                return true;
            }
            return false;
        }
        // Who holds a place is not one with nothing, so making way gains nothing there. Of cost it may: a section's minimum can keep a holder who would rather leave.
        if (problem.order == Order.FAIR && own[0] > 0) {
            return false;
        }
        boolean classFull = wanted.group() >= 0
                && seating.groupLoad[wanted.group()] >= problem.groupSeats[wanted.group()];
        for (int q : List.copyOf(members.get(wanted.section()))) {
            if (classFull && groupIn(q, wanted.section()) != wanted.group()) {
                continue;
            }
            if (displace(p, after, own, q, wanted.section())) {
                return true;
            }
        }
        return false;
    }

    /** The pupil takes its places for a moment while every way out of the holder is weighed. */
    private boolean displace(int p, Option[] after, long[] own, int q, int section) {
        Option[] before = seating.held[p];
        Option[] hers = seating.held[q];
        Option[] rest = without(hers, section);
        seating.give(p, after);
        seating.give(q, rest);
        Option[] best = null;
        long[] bestChange = null;
        for (int choice = -1; choice < problem.options[q].length; choice++) {
            Option[] bundle = rest;
            int joined = -1;
            if (choice >= 0) {
                Option other = problem.options[q][choice];
                if (other.section() == section || !seating.hasRoom(other) || !problem.fits(rest, other)) {
                    continue;
                }
                bundle = problem.take(rest, other);
                joined = other.section();
            }
            if (leavesTooFew(before, after, joined) || worse(own, q, hers, bundle)) {
                continue;
            }
            long[] total = change(q, hers, bundle);
            for (int i = 0; i < total.length; i++) {
                total[i] += own[i];
            }
            if (bestChange == null || Seating.compare(total, bestChange) < 0) {
                best = bundle;
                bestChange = total;
            }
        }
        seating.give(p, before);
        seating.give(q, hers);
        if (best != null && bestChange != null && better(bestChange)) {
            give(p, after);
            give(q, best);
            return true;
        }
        return false;
    }

    private static Option[] without(Option[] bundle, int section) {
        Option[] rest = new Option[bundle.length - 1];
        int kept = 0;
        for (Option option : bundle) {
            if (option.section() != section) {
                rest[kept++] = option;
            }
        }
        return rest;
    }

    /** Whether the first levels alone show that both changes together improve nothing; most pairs end here. */
    private boolean worse(long[] own, int q, Option[] before, Option[] after) {
        long cost = problem.cost(q, after) - problem.cost(q, before);
        return switch (problem.order) {
            case FAIR, PRIORITY -> {
                long nothing = problem.nothing(q, after) - problem.nothing(q, before);
                long change = 0;
                for (int level = 0; change == 0 && level <= 3; level++) {
                    change = own[level] + (level == problem.nobody ? nothing : problem.level[q] == level ? cost : 0);
                }
                yield change > 0;
            }
            case COST -> own[0] + cost > 0;
            case DA -> true;
        };
    }

    private int groupIn(int q, int section) {
        for (Option option : seating.held[q]) {
            if (option.section() == section) {
                return option.group();
            }
        }
        return -1;
    }

    private void give(int p, Option[] bundle) {
        for (Option option : seating.held[p]) {
            members.get(option.section()).remove((Integer) p);
        }
        seating.give(p, bundle);
        for (Option option : bundle) {
            List<Integer> list = members.get(option.section());
            int at = 0;
            while (at < list.size() && list.get(at) < p) {
                at++;
            }
            list.add(at, p);
        }
    }

    /** Whether a section that the pupil would give up falls under its minimum. */
    private boolean leavesTooFew(int p, Option[] after) {
        for (Option option : seating.held[p]) {
            if (!holds(after, option.section()) && seating.load[option.section()] - 1 < problem.minimum[option.section()]) {
                return true;
            }
        }
        return false;
    }

    /** The same while the pupil is already out of it, and the other pupil would join a section. */
    private boolean leavesTooFew(Option[] before, Option[] after, int joined) {
        for (Option option : before) {
            int s = option.section();
            if (!holds(after, s) && seating.load[s] + (s == joined ? 1 : 0) < problem.minimum[s]) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(Option[] bundle, int section) {
        for (Option option : bundle) {
            if (option.section() == section) {
                return true;
            }
        }
        return false;
    }

    private static boolean better(long[] change) {
        for (long value : change) {
            if (value != 0) {
                return value < 0;
            }
        }
        return false;
    }

    /** How every level changes when the pupil's places change, the places of all others as they are now. */
    private long[] change(int p, Option[] before, Option[] after) {
        long bands = 0;
        long continuity = 0;
        for (Option option : after) {
            bands += option.band();
            continuity -= option.continues();
        }
        for (Option option : before) {
            bands -= option.band();
            continuity += option.continues();
        }
        long cost = problem.cost(p, after) - problem.cost(p, before);
        long siblings = seating.mismatches(p, after, false) - seating.mismatches(p, before, false);
        long lottery = problem.lotteryPoints(p, after) - problem.lotteryPoints(p, before);
        return switch (problem.order) {
            case FAIR, PRIORITY -> {
                long[] change = new long[8];
                change[problem.nobody] = problem.nothing(p, after) - problem.nothing(p, before);
                change[problem.level[p]] = cost;
                change[4] = bands;
                change[5] = siblings;
                change[6] = continuity;
                change[7] = lottery;
                yield change;
            }
            case COST -> new long[] {cost, bands, siblings, continuity, lottery};
            case DA -> new long[0];
        };
    }
}
