package afterbell.term.placement.engine.check;

import afterbell.term.placement.engine.Band;
import afterbell.term.placement.engine.FixedSeat;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Order;
import afterbell.term.placement.engine.Pupil;
import afterbell.term.placement.engine.Seat;
import afterbell.term.placement.engine.Section;
import afterbell.term.placement.engine.Wish;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The input looked up by id, and who sits where: what the checks read. Seats may be moved for a moment and back. */
final class Register {
    private static final int[] COST_OF_RANK = {0, 1, 3, 6, 10, 15, 21, 28, 36};
    private static final int COST_OF_NOTHING = 60;
    private static final int RANK_OF_UNFILLED = 10;
    /** In deferred acceptance any listed place is better than none. */
    private static final int EMPTY_IN_TURN = 37;

    final Instance instance;
    final Order order;
    final Map<String, Section> sections = new LinkedHashMap<>();
    final Map<String, Pupil> pupils = new LinkedHashMap<>();
    final Map<String, List<Wish>> lists = new HashMap<>();
    final Map<String, List<Section>> fixed = new HashMap<>();
    final Map<String, Integer> fixedIn = new HashMap<>();
    final Map<String, List<String>> families = new HashMap<>();
    final Set<String> closed = new HashSet<>();

    private final Map<String, Integer> bands = new HashMap<>();
    private final Map<String, Map<String, Ask>> asks = new HashMap<>();
    private final Map<String, List<Ask>> held = new HashMap<>();
    private final Map<String, List<String>> members = new HashMap<>();
    private final int lotteryNumbers;

    Register(Instance instance, Order order) {
        this.instance = instance;
        this.order = order;
        instance.sections().forEach(section -> sections.put(section.course(), section));
        int highest = 0;
        for (Pupil pupil : instance.pupils()) {
            pupils.put(pupil.pupil(), pupil);
            highest = Math.max(highest, pupil.lottery() + 1);
            if (pupil.siblingGroup() != null) {
                families.computeIfAbsent(pupil.siblingGroup(), f -> new ArrayList<>()).add(pupil.pupil());
            }
        }
        lotteryNumbers = Math.max(highest, pupils.size());
        for (Wish wish : instance.wishes()) {
            lists.computeIfAbsent(wish.pupil(), p -> new ArrayList<>()).add(wish);
        }
        for (Band band : instance.bands()) {
            bands.put(band.course() + "," + band.pupil(), band.band());
        }
        for (FixedSeat seat : instance.fixed()) {
            fixed.computeIfAbsent(seat.pupil(), p -> new ArrayList<>()).add(section(seat.course()));
            fixedIn.merge(seat.course(), 1, Integer::sum);
        }
        for (Pupil pupil : instance.pupils()) {
            asks.put(pupil.pupil(), asksOf(pupil));
        }
    }

    private Map<String, Ask> asksOf(Pupil pupil) {
        Map<String, List<Ask.Row>> rows = new LinkedHashMap<>();
        for (Wish wish : listsOf(pupil.pupil())) {
            int unfilled = order == Order.DA ? EMPTY_IN_TURN : wish.unfilled();
            for (int rank = 1; rank <= wish.ranks().size(); rank++) {
                for (String course : wish.ranks().get(rank - 1)) {
                    rows.computeIfAbsent(course, c -> new ArrayList<>())
                            .add(new Ask.Row(wish.slot(), rank, unfilled));
                }
            }
        }
        Map<String, Ask> found = new LinkedHashMap<>();
        rows.forEach((course, listed) -> {
            Section section = section(course);
            found.put(course, new Ask(section, listed, bandOf(course, pupil.pupil()),
                    pupil.previous().contains(section.activity())));
        });
        return found;
    }

    Section section(String course) {
        return Objects.requireNonNull(sections.get(course), course);
    }

    Pupil pupil(String id) {
        return Objects.requireNonNull(pupils.get(id), id);
    }

    int bandOf(String course, String pupil) {
        return bands.getOrDefault(course + "," + pupil, 0);
    }

    List<Wish> listsOf(String pupil) {
        return lists.getOrDefault(pupil, List.of());
    }

    /** Everything the pupil listed, whether it may have it or not, by course. */
    Map<String, Ask> asks(String pupil) {
        return asks.getOrDefault(pupil, Map.of());
    }

    boolean listedWholly(Ask ask) {
        return ask.rows().getFirst().slot().equals(Wish.WEEK)
                || ask.rows().size() == ask.section().slots().size();
    }

    /** Whether the pupil could hold the section at all, were every seat free. */
    boolean couldHold(Pupil pupil, Ask ask) {
        return ask.section().admits(pupil.grade())
                && listedWholly(ask)
                && ask.units() <= pupil.demand()
                && clubsLeft(pupil) > 0
                && fixed.getOrDefault(pupil.pupil(), List.of()).stream().noneMatch(own -> clash(own, ask.section()));
    }

    static boolean clash(Section one, Section other) {
        return one.activity().equals(other.activity()) || one.slots().stream().anyMatch(other.slots()::contains);
    }

    int clubsLeft(Pupil pupil) {
        int taken = fixed.getOrDefault(pupil.pupil(), List.of()).size();
        return pupil.limit() == null ? Integer.MAX_VALUE : pupil.limit() - taken;
    }

    /** Seats people; rows of fixed members (rank 0) are left out, the register knows them from the input. */
    void seat(List<Seat> result) {
        for (Seat seat : result) {
            Ask ask = asks(seat.pupil()).get(seat.course());
            if (seat.rank() != 0 && ask != null && !holds(seat.pupil(), seat.course())) {
                List<Ask> now = new ArrayList<>(held(seat.pupil()));
                now.add(ask);
                give(seat.pupil(), now);
            }
        }
    }

    void give(String pupil, List<Ask> bundle) {
        held(pupil).forEach(ask -> list(ask.course()).remove(pupil));
        held.put(pupil, bundle);
        bundle.forEach(ask -> list(ask.course()).add(pupil));
    }

    private List<String> list(String course) {
        return members.computeIfAbsent(course, c -> new ArrayList<>());
    }

    List<Ask> held(String pupil) {
        return held.getOrDefault(pupil, List.of());
    }

    boolean holds(String pupil, String course) {
        return held(pupil).stream().anyMatch(ask -> ask.course().equals(course));
    }

    /** Drawn members, fixed ones not among them. */
    List<String> members(String course) {
        return members.getOrDefault(course, List.of());
    }

    int load(String course) {
        return members(course).size() + fixedIn.getOrDefault(course, 0);
    }

    /** A section with fixed members runs anyway; any other with its minimum or not at all. */
    boolean mayRunWith(String course, int load) {
        return fixedIn.containsKey(course) || load >= section(course).minSize();
    }

    boolean hasRoom(Pupil pupil, String course) {
        return load(course) < section(course).capacity() && !classIsFull(pupil, course);
    }

    boolean classIsFull(Pupil pupil, String course) {
        Integer cap = section(course).classSeats();
        return cap != null && pupil.home() != null && classLoad(course, pupil.home()) >= cap;
    }

    int classLoad(String course, String home) {
        int load = 0;
        for (String member : members(course)) {
            load += home.equals(pupil(member).home()) ? 1 : 0;
        }
        for (FixedSeat seat : instance.fixed()) {
            load += seat.course().equals(course) && home.equals(pupil(seat.pupil()).home()) ? 1 : 0;
        }
        return load;
    }

    static int costOfRank(int rank) {
        return COST_OF_RANK[Math.min(rank, COST_OF_RANK.length) - 1];
    }

    /** Published points of a pupil with these places. */
    int cost(Pupil pupil, List<Ask> bundle) {
        int cost = costOfNoPlace(pupil);
        for (Ask ask : bundle) {
            cost -= worth(ask);
        }
        return cost + (countsAsNothing(pupil, bundle) ? COST_OF_NOTHING : 0);
    }

    /** What a place saves against leaving its rows empty; negative for the last ranks. */
    static int worth(Ask ask) {
        return ask.rows().stream().mapToInt(row -> row.unfilled() - costOfRank(row.rank())).sum();
    }

    boolean countsAsNothing(Pupil pupil, List<Ask> bundle) {
        return pupil.demand() > 0 && pupil.shielded() && bundle.isEmpty() && !fixed.containsKey(pupil.pupil());
    }

    private int costOfNoPlace(Pupil pupil) {
        if (order == Order.DA) {
            return EMPTY_IN_TURN * pupil.demand();
        }
        List<Wish> own = listsOf(pupil.pupil());
        if (own.isEmpty()) {
            return Wish.UNFILLED * pupil.demand();
        }
        if (own.getFirst().forWeek()) {
            return own.getFirst().unfilled() * pupil.demand();
        }
        int all = 0;
        for (int i = 0; i < pupil.demand(); i++) {
            all += i < own.size() ? own.get(i).unfilled() : Wish.UNFILLED;
        }
        return all;
    }

    /** Level 8 of one pupil. */
    long lotteryPoints(Pupil pupil, List<Ask> bundle) {
        int filled = 0;
        int ranks = 0;
        for (Ask ask : bundle) {
            for (Ask.Row row : ask.rows()) {
                filled++;
                ranks += Math.min(row.rank(), COST_OF_RANK.length);
            }
        }
        return (long) (lotteryNumbers - pupil.lottery()) * (ranks + RANK_OF_UNFILLED * (pupil.demand() - filled));
    }

    /** Days on which two siblings are both in a club and end at different times. */
    int daysApart(String one, String other) {
        int[] a = ends(one);
        int[] b = ends(other);
        int apart = 0;
        for (int day = 0; day < a.length; day++) {
            apart += a[day] >= 0 && b[day] >= 0 && a[day] != b[day] ? 1 : 0;
        }
        return apart;
    }

    private int[] ends(String pupil) {
        int[] ends = {-1, -1, -1, -1, -1};
        List<Section> own = new ArrayList<>(fixed.getOrDefault(pupil, List.of()));
        held(pupil).forEach(ask -> own.add(ask.section()));
        for (Section section : own) {
            for (int slot : section.slots()) {
                ends[slot % 5] = Math.max(ends[slot % 5], section.ends());
            }
        }
        return ends;
    }

    List<String> siblings(String pupil) {
        @Nullable String family = pupil(pupil).siblingGroup();
        return family == null
                ? List.of()
                : families.getOrDefault(family, List.of()).stream().filter(other -> !other.equals(pupil)).toList();
    }

    /** All levels of the order, from nothing but who sits where. */
    Map<String, Long> levels() {
        long nothing = 0;
        long[] byClass = new long[4];
        long bandSum = 0;
        long apart = 0;
        long continued = 0;
        long lottery = 0;
        for (Pupil pupil : instance.pupils()) {
            List<Ask> bundle = held(pupil.pupil());
            nothing += countsAsNothing(pupil, bundle) ? 1 : 0;
            byClass[pupil.priorityClass()] += cost(pupil, bundle);
            lottery += lotteryPoints(pupil, bundle);
            for (Ask ask : bundle) {
                bandSum += ask.band();
                continued += ask.continues() ? 1 : 0;
            }
        }
        for (List<String> family : families.values()) {
            for (int i = 0; i < family.size(); i++) {
                for (int j = i + 1; j < family.size(); j++) {
                    apart += daysApart(family.get(i), family.get(j));
                }
            }
        }
        Map<String, Long> levels = new LinkedHashMap<>();
        for (String level : order.levels()) {
            levels.put(level, switch (level) {
                case "nothing" -> nothing;
                case "cost" -> byClass[1] + byClass[2] + byClass[3];
                case "class1" -> byClass[1];
                case "class2" -> byClass[2];
                case "class3" -> byClass[3];
                case "bands" -> bandSum;
                case "siblings" -> apart;
                case "continuity" -> continued;
                case "lottery" -> lottery;
                default -> throw new IllegalStateException(level);
            });
        }
        return levels;
    }

    /** The pupil's places after it takes one more; what stands in the way, or is too much, is given up. */
    List<Ask> taking(Pupil pupil, Ask wanted) {
        List<Ask> kept = new ArrayList<>();
        for (Ask own : held(pupil.pupil())) {
            if (!own.standsInTheWayOf(wanted)) {
                kept.add(own);
            }
        }
        while (!kept.isEmpty() && (units(kept) + wanted.units() > pupil.demand() || kept.size() >= clubsLeft(pupil))) {
            kept.remove(kept.stream()
                    .min(Comparator.comparingInt(Register::worth)
                            .thenComparing(Ask::course, afterbell.term.placement.engine.Text.ORDER.reversed()))
                    .orElseThrow());
        }
        kept.add(wanted);
        return kept;
    }

    boolean fits(Pupil pupil, List<Ask> bundle, Ask more) {
        return bundle.stream().noneMatch(own -> own.standsInTheWayOf(more))
                && units(bundle) + more.units() <= pupil.demand()
                && bundle.size() < clubsLeft(pupil);
    }

    private static int units(List<Ask> bundle) {
        return bundle.stream().mapToInt(Ask::units).sum();
    }
}
