package afterbell.term.placement.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The best result of one slot while all other slots stay as they are: a min-cost flow from pupils to the sections that
 * meet in the slot, by successive shortest paths over sections. Exact for the slot; the coupling of slots by activities
 * and long sections is left to repetition and to the exact stage.
 */
final class SlotFlow {
    private static final int OUTSIDE = -1;

    private final Seating seating;
    private final Problem problem;
    private final Prices prices;
    private final int width;
    private final int slot;
    private final boolean mayGiveUpOtherSlots;

    private final List<Seeker> seekers = new ArrayList<>();
    private int nodes;
    private int[] sectionOfNode;
    private int[] nodeOfSection;
    private int[] nodeOfGroup;
    /** For a node of a home class, the node of its section; -1 for the node of a section. */
    private int[] sectionNode;

    private List<List<Seeker>> members;
    private int[] count;
    private int[] capacity;
    private long[][][] arc;
    private Move[][] arcMove;
    private Move[] leave;
    private long[][] leavePrice;

    /** A pupil with the places it could hold in this slot; choice 0 is none. */
    private static final class Seeker {
        final int pupil;
        final List<Option[]> bundles = new ArrayList<>();
        final List<Integer> entries = new ArrayList<>();
        final List<long[]> price = new ArrayList<>();
        int choice;

        Seeker(int pupil) {
            this.pupil = pupil;
        }
    }

    private record Move(Seeker seeker, int choice) {}

    SlotFlow(Seating seating, Prices prices, int slot, boolean mayGiveUpOtherSlots) {
        this.seating = seating;
        this.problem = seating.problem;
        this.prices = prices;
        this.width = prices.width;
        this.slot = slot;
        this.mayGiveUpOtherSlots = mayGiveUpOtherSlots;
        sectionOfNode = new int[0];
        nodeOfSection = new int[0];
        nodeOfGroup = new int[0];
        sectionNode = new int[0];
        members = List.of();
        count = new int[0];
        capacity = new int[0];
        arc = new long[0][][];
        arcMove = new Move[0][];
        leave = new Move[0];
        leavePrice = new long[0][];
    }

    /** Replaces what every pupil holds in the slot by the best; returns whether anybody's places changed. */
    boolean solve() {
        makeNodes();
        makeSeekers();
        seekers.sort((a, b) -> {
            int byClass = Integer.compare(problem.priority[a.pupil], problem.priority[b.pupil]);
            return byClass != 0 ? byClass : Integer.compare(problem.lottery[a.pupil], problem.lottery[b.pupil]);
        });
        for (Seeker seeker : seekers) {
            insert(seeker);
        }
        boolean changed = false;
        for (Seeker seeker : seekers) {
            Option[] bundle = seeker.bundles.get(seeker.choice);
            if (!Arrays.equals(bundle, seating.held[seeker.pupil])) {
                seating.give(seeker.pupil, bundle);
                changed = true;
            }
        }
        return changed;
    }

    private void makeNodes() {
        nodeOfSection = new int[problem.sections];
        nodeOfGroup = new int[problem.groupSeats.length];
        Arrays.fill(nodeOfSection, -1);
        Arrays.fill(nodeOfGroup, -1);
        List<Integer> sections = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        List<Integer> capacities = new ArrayList<>();
        for (int s = 0; s < problem.sections; s++) {
            if (seating.open[s] && problem.meets(s, slot)) {
                nodeOfSection[s] = sections.size();
                sections.add(s);
                owners.add(-1);
                capacities.add(problem.seats[s]);
            }
        }
        for (Option[] own : problem.options) {
            for (Option option : own) {
                int group = option.group();
                if (group >= 0 && nodeOfGroup[group] < 0 && nodeOfSection[option.section()] >= 0) {
                    nodeOfGroup[group] = sections.size();
                    sections.add(option.section());
                    owners.add(nodeOfSection[option.section()]);
                    capacities.add(problem.groupSeats[group]);
                }
            }
        }
        nodes = sections.size();
        sectionOfNode = sections.stream().mapToInt(Integer::intValue).toArray();
        sectionNode = owners.stream().mapToInt(Integer::intValue).toArray();
        capacity = capacities.stream().mapToInt(Integer::intValue).toArray();
        count = new int[nodes];
        members = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            members.add(new ArrayList<>());
        }
        arc = new long[nodes][nodes][];
        arcMove = new Move[nodes][nodes];
        leave = new Move[nodes];
        leavePrice = new long[nodes][];
    }

    private void makeSeekers() {
        for (int p = 0; p < problem.pupils; p++) {
            Seeker seeker = null;
            Option[] elsewhere = without(p);
            for (Option option : problem.options[p]) {
                if (nodeOfSection[option.section()] < 0) {
                    continue;
                }
                if (!mayGiveUpOtherSlots && !problem.fits(elsewhere, option)) {
                    continue;
                }
                if (seeker == null) {
                    seeker = new Seeker(p);
                    add(seeker, elsewhere, OUTSIDE);
                }
                int entry = option.group() < 0 ? nodeOfSection[option.section()] : nodeOfGroup[option.group()];
                add(seeker, problem.take(elsewhere, option), entry);
            }
            if (seeker != null) {
                seekers.add(seeker);
            }
        }
    }

    private Option[] without(int p) {
        Option[] held = seating.held[p];
        for (Option option : held) {
            if (problem.meets(option.section(), slot)) {
                return Arrays.stream(held).filter(other -> other != option).toArray(Option[]::new);
            }
        }
        return held;
    }

    private void add(Seeker seeker, Option[] bundle, int entry) {
        long[] price = new long[width];
        prices.of(seeker.pupil, bundle, price);
        seeker.bundles.add(bundle);
        seeker.entries.add(entry);
        seeker.price.add(price);
    }

    /** Adds one pupil to an optimal flow and keeps it optimal: the cheapest chain of moves that starts with it. */
    private void insert(Seeker seeker) {
        long[][] distance = new long[nodes][];
        Move[] by = new Move[nodes];
        int[] from = new int[nodes];
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        boolean[] queued = new boolean[nodes];
        for (int choice = 1; choice < seeker.bundles.size(); choice++) {
            int node = seeker.entries.get(choice);
            long[] price = seeker.price.get(choice);
            if (distance[node] == null || less(price, distance[node])) {
                distance[node] = price.clone();
                by[node] = new Move(seeker, choice);
                from[node] = OUTSIDE;
                if (!queued[node]) {
                    queued[node] = true;
                    queue.add(node);
                }
            }
        }
        while (!queue.isEmpty()) {
            int node = queue.poll();
            queued[node] = false;
            relax(node, distance, by, from, queue, queued);
        }
        long[] best = seeker.price.getFirst();
        int last = OUTSIDE;
        boolean leaves = false;
        for (int node = 0; node < nodes; node++) {
            if (distance[node] == null) {
                continue;
            }
            if (sectionNode[node] < 0 && count[node] < capacity[node]) {
                long[] total = distance[node].clone();
                if (count[node] < problem.minimum[sectionOfNode[node]]) {
                    total[0] -= prices.shortfall;
                }
                if (less(total, best)) {
                    best = total;
                    last = node;
                    leaves = false;
                }
            }
            if (leave[node] != null) {
                long[] total = sum(distance[node], leavePrice[node]);
                if (less(total, best)) {
                    best = total;
                    last = node;
                    leaves = true;
                }
            }
        }
        if (last != OUTSIDE) {
            apply(last, leaves, by, from);
        }
    }

    private void relax(
            int node, long[][] distance, Move[] by, int[] from, ArrayDeque<Integer> queue, boolean[] queued) {
        long[] here = distance[node];
        for (int next = 0; next < nodes; next++) {
            long[] step = arc[node][next];
            if (step != null && lessSum(here, step, distance[next])) {
                distance[next] = sum(here, step);
                by[next] = arcMove[node][next];
                from[next] = node;
                enqueue(next, queue, queued);
            }
        }
        int owner = sectionNode[node];
        if (owner >= 0) {
            if (count[node] < capacity[node]) {
                pass(node, owner, distance, by, from, queue, queued);
            }
        } else {
            for (int group = 0; group < nodes; group++) {
                if (sectionNode[group] == node && count[group] > 0) {
                    pass(node, group, distance, by, from, queue, queued);
                }
            }
        }
    }

    /** Goes on without moving anybody, between a section and the seats of one home class in it. */
    private void pass(
            int node, int next, long[][] distance, Move[] by, int[] from, ArrayDeque<Integer> queue, boolean[] queued) {
        if (distance[next] == null || less(distance[node], distance[next])) {
            distance[next] = distance[node].clone();
            by[next] = null;
            from[next] = node;
            enqueue(next, queue, queued);
        }
    }

    private static void enqueue(int node, ArrayDeque<Integer> queue, boolean[] queued) {
        if (!queued[node]) {
            queued[node] = true;
            queue.add(node);
        }
    }

    private void apply(int last, boolean leaves, Move[] by, int[] from) {
        List<Move> moves = new ArrayList<>();
        if (leaves) {
            moves.add(leave[last]);
        }
        for (int node = last; node != OUTSIDE; node = from[node]) {
            if (by[node] != null) {
                moves.add(by[node]);
            }
        }
        boolean[] touched = new boolean[nodes];
        for (Move move : moves) {
            place(move.seeker(), move.choice(), touched);
        }
        for (int node = 0; node < nodes; node++) {
            if (touched[node]) {
                renewArcs(node);
            }
        }
    }

    private void place(Seeker seeker, int choice, boolean[] touched) {
        int old = seeker.entries.get(seeker.choice);
        if (old != OUTSIDE) {
            members.get(old).remove(seeker);
            addCount(old, -1);
            touched[old] = true;
        }
        seeker.choice = choice;
        int entry = seeker.entries.get(choice);
        if (entry != OUTSIDE) {
            members.get(entry).add(seeker);
            addCount(entry, 1);
            touched[entry] = true;
        }
    }

    private void addCount(int node, int change) {
        count[node] += change;
        if (sectionNode[node] >= 0) {
            count[sectionNode[node]] += change;
        }
    }

    private void renewArcs(int node) {
        Arrays.fill(arc[node], null);
        leave[node] = null;
        for (Seeker seeker : members.get(node)) {
            long[] now = seeker.price.get(seeker.choice);
            for (int choice = 0; choice < seeker.bundles.size(); choice++) {
                int entry = seeker.entries.get(choice);
                if (entry == node) {
                    continue;
                }
                long[] step = difference(seeker.price.get(choice), now);
                if (entry == OUTSIDE) {
                    if (leave[node] == null || less(step, leavePrice[node])) {
                        leave[node] = new Move(seeker, choice);
                        leavePrice[node] = step;
                    }
                } else if (arc[node][entry] == null || less(step, arc[node][entry])) {
                    arc[node][entry] = step;
                    arcMove[node][entry] = new Move(seeker, choice);
                }
            }
        }
    }

    private static boolean less(long[] a, long[] b) {
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i]) {
                return a[i] < b[i];
            }
        }
        return false;
    }

    private static boolean lessSum(long[] a, long[] step, long[] b) {
        if (b == null) {
            return true;
        }
        for (int i = 0; i < a.length; i++) {
            long sum = a[i] + step[i];
            if (sum != b[i]) {
                return sum < b[i];
            }
        }
        return false;
    }

    private static long[] sum(long[] a, long[] b) {
        long[] sum = new long[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    private static long[] difference(long[] a, long[] b) {
        long[] difference = new long[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }
}
