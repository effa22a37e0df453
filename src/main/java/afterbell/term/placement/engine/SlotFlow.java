package afterbell.term.placement.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The best result of one slot while all other slots stay as they are: a min-cost flow from pupils to the sections that
 * meet in the slot, by successive shortest paths over sections. Exact for the slot; the coupling of slots by activities
 * and long sections is left to repetition and to the exact stage.
 */
final class SlotFlow {
    /** In place of a slot: the whole week at once, one place at most for everybody. */
    static final int ONE_PLACE_EACH = -1;

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
    /** For the node of a section, the nodes of its home classes. */
    private int[][] groupNodes;
    /** What makes every move that could still help cost at least nothing. */
    private long[][] potential;

    private final long[] sinkPotential;

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
        groupNodes = new int[0][];
        potential = new long[0][];
        sinkPotential = new long[width];
        sinkPotential[0] = -prices.shortfall;
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
            if (seating.open[s] && (slot == ONE_PLACE_EACH || problem.meets(s, slot))) {
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
        potential = new long[nodes][width];
        groupNodes = new int[nodes][];
        for (int node = 0; node < nodes; node++) {
            int owner = node;
            groupNodes[node] = java.util.stream.IntStream.range(0, nodes)
                    .filter(group -> sectionNode[group] == owner)
                    .toArray();
        }
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
        if (slot == ONE_PLACE_EACH) {
            return new Option[0];
        }
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

    /**
     * Adds one pupil to an optimal flow and keeps it optimal: the cheapest chain of moves that starts with it, found by
     * Dijkstra's method on costs reduced by the potentials of the nodes.
     */
    private void insert(Seeker seeker) {
        Search search = new Search();
        for (int choice = 1; choice < seeker.bundles.size(); choice++) {
            int node = seeker.entries.get(choice);
            long[] label = difference(seeker.price.get(choice), potential[node]);
            search.label(node, label, OUTSIDE, new Move(seeker, choice));
        }
        search.end(difference(seeker.price.getFirst(), sinkPotential), OUTSIDE, false);
        while (search.visitNearest()) {
            // each visit relaxes the arcs of one node; nodes beyond the end are never visited
        }
        search.raisePotentials();
        if (search.last != OUTSIDE) {
            apply(search.last, search.leaves, search.by, search.from);
        }
    }

    /** One shortest-path search; lives for one insertion. */
    private final class Search {
        private final long[][] distance = new long[nodes][];
        private final Move[] by = new Move[nodes];
        private final int[] from = new int[nodes];
        private final boolean[] visited = new boolean[nodes];
        private long[] end = {};
        private int last = OUTSIDE;
        private boolean leaves;

        private void label(int node, long[] label, int cameFrom, @Nullable Move move) {
            if (!visited[node] && (distance[node] == null || less(label, distance[node]))) {
                distance[node] = label;
                from[node] = cameFrom;
                by[node] = move;
            }
        }

        private void end(long[] label, int node, boolean byLeaving) {
            if (end.length == 0 || less(label, end)) {
                end = label;
                last = node;
                leaves = byLeaving;
            }
        }

        private boolean visitNearest() {
            int nearest = OUTSIDE;
            for (int node = 0; node < nodes; node++) {
                if (!visited[node] && distance[node] != null
                        && (nearest == OUTSIDE || less(distance[node], distance[nearest]))) {
                    nearest = node;
                }
            }
            if (nearest == OUTSIDE || !less(distance[nearest], end)) {
                return false;
            }
            visited[nearest] = true;
            relax(nearest);
            return true;
        }

        private void relax(int node) {
            long[] here = sum(distance[node], potential[node]);
            if (sectionNode[node] < 0 && count[node] < capacity[node]) {
                long[] label = difference(here, sinkPotential);
                if (count[node] < problem.minimum[sectionOfNode[node]]) {
                    label[0] -= prices.shortfall;
                }
                end(label, node, false);
            }
            if (leave[node] != null) {
                end(difference(sum(here, leavePrice[node]), sinkPotential), node, true);
            }
            for (int next = 0; next < nodes; next++) {
                long[] step = arc[node][next];
                if (step != null && !visited[next] && (distance[next] == null || less(here, step, potential[next], distance[next]))) {
                    label(next, reduced(here, step, potential[next]), node, arcMove[node][next]);
                }
            }
            passBetweenSectionAndClasses(node, here);
        }

        /** Goes on without moving anybody, between a section and the seats of one home class in it. */
        private void passBetweenSectionAndClasses(int node, long[] here) {
            int owner = sectionNode[node];
            if (owner >= 0) {
                if (count[node] < capacity[node]) {
                    label(owner, difference(here, potential[owner]), node, null);
                }
                return;
            }
            for (int group : groupNodes[node]) {
                if (count[group] > 0) {
                    label(group, difference(here, potential[group]), node, null);
                }
            }
        }

        private void raisePotentials() {
            for (int node = 0; node < nodes; node++) {
                if (visited[node]) {
                    potential[node] = difference(sum(potential[node], distance[node]), end);
                }
            }
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
        long[] zero = new long[width];
        Arrays.fill(arc[node], null);
        leave[node] = null;
        for (Seeker seeker : members.get(node)) {
            long[] now = seeker.price.get(seeker.choice);
            for (int choice = 0; choice < seeker.bundles.size(); choice++) {
                int entry = seeker.entries.get(choice);
                if (entry == node) {
                    continue;
                }
                long[] then = seeker.price.get(choice);
                if (entry == OUTSIDE) {
                    if (leave[node] == null || less(then, zero, now, leavePrice[node])) {
                        leave[node] = new Move(seeker, choice);
                        leavePrice[node] = difference(then, now);
                    }
                } else if (arc[node][entry] == null || less(then, zero, now, arc[node][entry])) {
                    arc[node][entry] = difference(then, now);
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

    /** Whether a + b - c is less than d; most sums are not, so none is written down. */
    private static boolean less(long[] a, long[] b, long[] c, long[] d) {
        for (int i = 0; i < a.length; i++) {
            long sum = a[i] + b[i] - c[i];
            if (sum != d[i]) {
                return sum < d[i];
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

    private static long[] reduced(long[] here, long[] step, long[] potential) {
        long[] label = new long[here.length];
        for (int i = 0; i < here.length; i++) {
            label[i] = here[i] + step[i] - potential[i];
        }
        return label;
    }

    private static long[] difference(long[] a, long[] b) {
        long[] difference = new long[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }
}
