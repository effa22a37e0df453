package afterbell.term.placement.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The instance as numbers: what every stage works on. Immutable; indices follow the canonical order. */
final class Problem {
    /** In deferred acceptance any listed place is better than none, so an empty slot weighs more than the last rank. */
    static final int IN_TURN = Points.ofRank(9) + 1;

    final Instance instance;
    final Order order;
    final int sections;
    final int pupils;
    /** Seats left after the fixed members. */
    final int[] seats;
    /** Fewest drawn members; 0 where fixed members make the section run anyway. */
    final int[] minimum;

    final int[] fixedLoad;
    final int[][] slotsOf;
    final int[] activityOf;
    final int slotCount;
    final int[] groupSeats;
    /** Per section, the first pupil-independent fact of stage A: it can never reach its minimum. */
    final boolean[] impossible;
    /** Most pupils who could be placed in the section, whatever happens elsewhere. */
    final int[] reachable;

    final Option[][] options;
    final int[] base;
    final int[] demand;
    final int[] limit;
    final boolean[] hasFixed;
    /** Counted among those with nothing, and charged 60, when it gets nothing. */
    final boolean[] shielded;

    final int[] priority;
    /** Which level of the order a pupil's cost belongs to. */
    final int[] level;
    /** Which level counts those with nothing, -1 where none does. */
    final int nobody;

    final int[] lotteryWeight;
    final int[] lottery;
    /** Siblings of a pupil, itself not included; empty arrays for most. */
    final int[][] siblings;

    final int[] dayOfSlot;
    final int[] endsOf;
    /** Highest end of the fixed seats by pupil and day, -1 where there is none. */
    final int[][] fixedEnds;

    final int days;

    private final BitSet[] blockedSlots;
    private final BitSet[] blockedActivities;
    private final Map<String, Integer> sectionIndex = new HashMap<>();
    private final Map<String, Integer> pupilIndex = new HashMap<>();
    private final Map<List<String>, Integer> groups = new LinkedHashMap<>();
    private final Map<Integer, Integer> groupCaps = new HashMap<>();

    Problem(Instance instance, Order order) {
        this.instance = instance;
        this.order = order;
        sections = instance.sections().size();
        pupils = instance.pupils().size();
        for (int s = 0; s < sections; s++) {
            sectionIndex.put(instance.sections().get(s).course(), s);
        }
        for (int p = 0; p < pupils; p++) {
            pupilIndex.put(instance.pupils().get(p).pupil(), p);
        }
        int[] slotNumbers = instance.sections().stream()
                .flatMapToInt(section -> section.slots().stream().mapToInt(Integer::intValue))
                .distinct().sorted().toArray();
        slotCount = slotNumbers.length;
        dayOfSlot = Arrays.stream(slotNumbers).map(slot -> slot % 5).toArray();
        days = 5;
        slotsOf = new int[sections][];
        activityOf = new int[sections];
        seats = new int[sections];
        minimum = new int[sections];
        endsOf = new int[sections];
        Map<String, Integer> activities = new HashMap<>();
        for (int s = 0; s < sections; s++) {
            Section section = instance.sections().get(s);
            slotsOf[s] = section.slots().stream()
                    .mapToInt(slot -> Arrays.binarySearch(slotNumbers, slot)).toArray();
            activityOf[s] = activities.computeIfAbsent(section.activity(), a -> activities.size());
            seats[s] = section.capacity();
            minimum[s] = section.minSize();
            endsOf[s] = section.ends();
        }
        demand = new int[pupils];
        limit = new int[pupils];
        hasFixed = new boolean[pupils];
        shielded = new boolean[pupils];
        priority = new int[pupils];
        level = new int[pupils];
        nobody = order.nothingLevel();
        lottery = new int[pupils];
        lotteryWeight = new int[pupils];
        fixedEnds = new int[pupils][];
        int numbers = Math.max(pupils,
                1 + instance.pupils().stream().mapToInt(Pupil::lottery).max().orElse(0));
        for (int p = 0; p < pupils; p++) {
            Pupil pupil = instance.pupils().get(p);
            demand[p] = pupil.demand();
            limit[p] = pupil.limit() == null ? Integer.MAX_VALUE : pupil.limit();
            priority[p] = order == Order.COST ? 0 : pupil.priorityClass();
            level[p] = order.costLevel(pupil.priorityClass());
            lottery[p] = pupil.lottery();
            lotteryWeight[p] = numbers - pupil.lottery();
            fixedEnds[p] = new int[] {-1, -1, -1, -1, -1};
        }
        blockedSlots = new BitSet[pupils];
        blockedActivities = new BitSet[pupils];
        Arrays.setAll(blockedSlots, p -> new BitSet());
        Arrays.setAll(blockedActivities, p -> new BitSet());
        fixedLoad = new int[sections];
        seatFixedMembers(instance);
        for (int p = 0; p < pupils; p++) {
            shielded[p] = instance.pupils().get(p).shielded() && demand[p] > 0 && !hasFixed[p];
        }
        siblings = siblings(instance);
        base = new int[pupils];
        options = new Option[pupils][];
        compileWishes(instance);
        groupSeats = new int[groups.size()];
        groupCaps.forEach((group, cap) -> groupSeats[group] = cap);
        for (FixedSeat seat : instance.fixed()) {
            int group = groupOf(section(seat.course()), pupil(seat.pupil()));
            if (group >= 0 && group < groupSeats.length) {
                groupSeats[group] = Math.max(0, groupSeats[group] - 1);
            }
        }
        reachable = reachable();
        impossible = new boolean[sections];
        for (int s = 0; s < sections; s++) {
            impossible[s] = reachable[s] < minimum[s];
        }
        for (int p = 0; p < pupils; p++) {
            options[p] = usable(options[p]);
        }
    }

    int section(String course) {
        return Objects.requireNonNull(sectionIndex.get(course));
    }

    int pupil(String id) {
        return Objects.requireNonNull(pupilIndex.get(id));
    }

    private void seatFixedMembers(Instance instance) {
        for (FixedSeat seat : instance.fixed()) {
            int s = section(seat.course());
            int p = pupil(seat.pupil());
            fixedLoad[s]++;
            seats[s]--;
            minimum[s] = 0;
            hasFixed[p] = true;
            if (limit[p] != Integer.MAX_VALUE) {
                limit[p]--;
            }
            blockedActivities[p].set(activityOf[s]);
            for (int slot : slotsOf[s]) {
                blockedSlots[p].set(slot);
                int day = dayOfSlot[slot];
                fixedEnds[p][day] = Math.max(fixedEnds[p][day], endsOf[s]);
            }
        }
    }

    private int[][] siblings(Instance instance) {
        Map<String, List<Integer>> families = new HashMap<>();
        for (int p = 0; p < pupils; p++) {
            String family = instance.pupils().get(p).siblingGroup();
            if (family != null) {
                families.computeIfAbsent(family, f -> new ArrayList<>()).add(p);
            }
        }
        int[][] siblings = new int[pupils][0];
        for (List<Integer> family : families.values()) {
            for (int p : family) {
                siblings[p] = family.stream().filter(other -> other != p).mapToInt(Integer::intValue).toArray();
            }
        }
        return siblings;
    }

    private void compileWishes(Instance instance) {
        List<List<Wish>> lists = new ArrayList<>();
        for (int p = 0; p < pupils; p++) {
            lists.add(new ArrayList<>());
        }
        for (Wish wish : instance.wishes()) {
            lists.get(pupil(wish.pupil())).add(wish);
        }
        Map<String, Integer> bands = new HashMap<>();
        for (Band band : instance.bands()) {
            bands.put(band.course() + "," + band.pupil(), band.band());
        }
        for (int p = 0; p < pupils; p++) {
            base[p] = order == Order.DA ? IN_TURN * demand[p] : base(lists.get(p), demand[p]);
            options[p] = compile(p, lists.get(p), bands);
        }
    }

    /** What the pupil costs with no place, the 60 for nothing at all not included. */
    private static int base(List<Wish> lists, int demand) {
        if (lists.isEmpty()) {
            return Wish.UNFILLED * demand;
        }
        if (lists.getFirst().forWeek()) {
            return lists.getFirst().unfilled() * demand;
        }
        if (lists.size() > demand) {
            return lists.getFirst().unfilled() * demand;
        }
        int listed = lists.stream().mapToInt(Wish::unfilled).sum();
        return listed + Wish.UNFILLED * (demand - lists.size());
    }

    private Option[] compile(int p, List<Wish> lists, Map<String, Integer> bands) {
        Pupil pupil = instance.pupils().get(p);
        Map<Integer, List<String>> rows = new LinkedHashMap<>();
        Map<Integer, List<Integer>> ranks = new HashMap<>();
        Map<Integer, Integer> saved = new HashMap<>();
        for (Wish wish : lists) {
            for (int rank = 1; rank <= wish.ranks().size(); rank++) {
                for (String course : wish.ranks().get(rank - 1)) {
                    int s = section(course);
                    rows.computeIfAbsent(s, x -> new ArrayList<>()).add(wish.slot());
                    ranks.computeIfAbsent(s, x -> new ArrayList<>()).add(rank);
                    saved.merge(s, order == Order.DA ? IN_TURN : wish.unfilled(), Integer::sum);
                }
            }
        }
        List<Option> found = new ArrayList<>();
        for (Map.Entry<Integer, List<String>> entry : rows.entrySet()) {
            int s = entry.getKey();
            boolean week = entry.getValue().getFirst().equals(Wish.WEEK);
            int units = entry.getValue().size();
            boolean whole = week || units == slotsOf[s].length;
            if (!whole || !instance.sections().get(s).admits(pupil.grade()) || units > demand[p]
                    || limit[p] < 1 || blockedActivities[p].get(activityOf[s])
                    || Arrays.stream(slotsOf[s]).anyMatch(blockedSlots[p]::get)) {
                continue;
            }
            int[] rankOf = Objects.requireNonNull(ranks.get(s)).stream().mapToInt(Integer::intValue).toArray();
            String activity = instance.sections().get(s).activity();
            found.add(new Option(
                    p, 0, s,
                    Arrays.stream(rankOf).map(Points::ofRank).sum(),
                    Objects.requireNonNull(saved.get(s)),
                    units,
                    Arrays.stream(rankOf).map(Points::lotteryRank).sum(),
                    bands.getOrDefault(instance.sections().get(s).course() + "," + pupil.pupil(), 0),
                    pupil.previous().contains(activity) ? 1 : 0,
                    groupOf(s, p),
                    entry.getValue().toArray(String[]::new),
                    rankOf));
        }
        found.sort(Comparator.comparingInt((Option option) -> option.points() * 12 / option.units())
                .thenComparingInt(Option::section));
        return found.toArray(Option[]::new);
    }

    private int groupOf(int s, int p) {
        Integer cap = instance.sections().get(s).classSeats();
        String home = instance.pupils().get(p).home();
        if (cap == null || home == null) {
            return -1;
        }
        int group = groups.computeIfAbsent(List.of(instance.sections().get(s).course(), home), g -> groups.size());
        groupCaps.putIfAbsent(group, cap);
        return group;
    }

    private int[] reachable() {
        int[] free = new int[sections];
        Map<Integer, Integer> inGroup = new HashMap<>();
        for (Option[] own : options) {
            for (Option option : own) {
                if (option.group() < 0 || inGroup.merge(option.group(), 1, Integer::sum) <= groupSeats[option.group()]) {
                    free[option.section()]++;
                }
            }
        }
        return free;
    }

    private Option[] usable(Option[] all) {
        List<Option> usable = new ArrayList<>();
        for (Option o : all) {
            boolean seatForClass = o.group() < 0 || groupSeats[o.group()] > 0;
            if (!impossible[o.section()] && seats[o.section()] > 0 && seatForClass) {
                usable.add(new Option(o.pupil(), usable.size(), o.section(), o.points(), o.saved(), o.units(),
                        o.rankSum(), o.band(), o.continues(), o.group(), o.rows(), o.ranks()));
            }
        }
        return usable.toArray(Option[]::new);
    }

    boolean clash(Option a, Option b) {
        return activityOf[a.section()] == activityOf[b.section()] || overlap(a.section(), b.section());
    }

    boolean overlap(int a, int b) {
        for (int slot : slotsOf[a]) {
            for (int other : slotsOf[b]) {
                if (slot == other) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean meets(int s, int slot) {
        for (int own : slotsOf[s]) {
            if (own == slot) {
                return true;
            }
        }
        return false;
    }

    /** Published cost of a pupil with these places. */
    int cost(int p, Option[] held) {
        int cost = base[p];
        for (Option option : held) {
            cost -= option.gain();
        }
        return cost + nothing(p, held) * Points.NOTHING;
    }

    int nothing(int p, Option[] held) {
        return shielded[p] && held.length == 0 ? 1 : 0;
    }

    /** Level 8 of a pupil. */
    long lotteryPoints(int p, Option[] held) {
        int ranks = Points.UNFILLED_RANK * demand[p];
        for (Option option : held) {
            ranks += option.rankSum() - Points.UNFILLED_RANK * option.units();
        }
        return (long) lotteryWeight[p] * ranks;
    }

    /** The places of a pupil after it takes one more: what stands in the way is given up. */
    Option[] take(Option[] held, Option wanted) {
        List<Option> kept = new ArrayList<>(held.length + 1);
        int units = wanted.units();
        for (Option option : held) {
            if (!clash(option, wanted)) {
                kept.add(option);
                units += option.units();
            }
        }
        while (units > demand[wanted.pupil()] || kept.size() >= limit[wanted.pupil()]) {
            Option least = kept.getFirst();
            for (Option option : kept) {
                if (option.gain() < least.gain()
                        || (option.gain() == least.gain() && option.section() > least.section())) {
                    least = option;
                }
            }
            kept.remove(least);
            units -= least.units();
        }
        kept.add(wanted);
        return kept.toArray(Option[]::new);
    }

    /** Whether the option can be added without giving anything up. */
    boolean fits(Option[] held, Option wanted) {
        int units = wanted.units();
        for (Option option : held) {
            if (clash(option, wanted)) {
                return false;
            }
            units += option.units();
        }
        return units <= demand[wanted.pupil()] && held.length < limit[wanted.pupil()];
    }
}
