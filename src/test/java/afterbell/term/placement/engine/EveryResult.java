package afterbell.term.placement.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The best values of the proved levels by trying every lawful result, written without a look at the engine. */
final class EveryResult {
    private static final int[] W = {0, 1, 3, 6, 10, 15, 21, 28, 36};

    private record Way(List<String> courses, int cost, boolean nothing) {}

    private final Instance instance;
    private final Order order;
    private final Map<String, Section> sections = new HashMap<>();
    private final Map<String, Integer> load = new HashMap<>();
    private final Map<String, Integer> homes = new HashMap<>();
    private final List<List<Way>> ways = new ArrayList<>();
    private long @Nullable [] best;

    private EveryResult(Instance instance, Order order) {
        this.instance = instance;
        this.order = order;
        instance.sections().forEach(section -> sections.put(section.course(), section));
        for (FixedSeat seat : instance.fixed()) {
            load.merge(seat.course(), 1, Integer::sum);
            pupilsHome(seat.pupil(), seat.course(), 1);
        }
        instance.pupils().forEach(pupil -> ways.add(waysOf(pupil)));
    }

    /** Fair: nothing, class 1, 2, 3. Priority: class 1, 2, nothing, class 3. Cost: the total. */
    static long[] bestOf(Instance instance, Order order) {
        EveryResult all = new EveryResult(instance, order);
        all.tryFrom(0, new long[5]);
        return java.util.Objects.requireNonNull(all.best);
    }

    private void pupilsHome(String pupil, String course, int change) {
        String home = instance.pupils().stream().filter(p -> p.pupil().equals(pupil)).findFirst().orElseThrow().home();
        if (home != null) {
            homes.merge(course + "/" + home, change, Integer::sum);
        }
    }

    private List<Way> waysOf(Pupil pupil) {
        List<Wish> lists = instance.wishes().stream().filter(w -> w.pupil().equals(pupil.pupil())).toList();
        List<Section> fixed = instance.fixed().stream()
                .filter(seat -> seat.pupil().equals(pupil.pupil()))
                .map(seat -> sections.get(seat.course()))
                .toList();
        List<String> all = sections.keySet().stream().sorted().toList();
        List<Way> found = new ArrayList<>();
        for (int mask = 0; mask < 1 << all.size(); mask++) {
            List<String> chosen = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if ((mask >> i & 1) == 1) {
                    chosen.add(all.get(i));
                }
            }
            Way way = way(pupil, lists, fixed, chosen);
            if (way != null) {
                found.add(way);
            }
        }
        return found;
    }

    private @Nullable Way way(Pupil pupil, List<Wish> lists, List<Section> fixed, List<String> chosen) {
        Set<Integer> slots = new HashSet<>();
        Set<String> activities = new HashSet<>();
        List<Section> all = new ArrayList<>(fixed);
        chosen.forEach(course -> all.add(sections.get(course)));
        for (Section section : all) {
            if (!activities.add(section.activity())) {
                return null;
            }
            for (int slot : section.slots()) {
                if (!slots.add(slot)) {
                    return null;
                }
            }
        }
        if (pupil.limit() != null && !chosen.isEmpty() && all.size() > pupil.limit()) {
            return null;
        }
        int units = 0;
        int cost = 0;
        Set<Wish> filled = new HashSet<>();
        for (String course : chosen) {
            Section section = sections.get(course);
            if (pupil.grade() < section.gradeLo() || pupil.grade() > section.gradeHi()) {
                return null;
            }
            int rows = 0;
            for (Wish wish : lists) {
                for (int rank = 0; rank < wish.ranks().size(); rank++) {
                    if (wish.ranks().get(rank).contains(course)) {
                        rows++;
                        filled.add(wish);
                        cost += W[Math.min(rank, 8)];
                    }
                }
            }
            boolean week = !lists.isEmpty() && lists.getFirst().forWeek();
            if (rows == 0 || (!week && rows < section.slots().size())) {
                return null;
            }
            units += rows;
        }
        if (units > pupil.demand()) {
            return null;
        }
        int unfilled = pupil.demand() - units;
        if (lists.isEmpty()) {
            cost += 25 * unfilled;
        } else if (lists.getFirst().forWeek() || lists.size() > pupil.demand()) {
            cost += lists.getFirst().unfilled() * unfilled;
        } else {
            for (Wish wish : lists) {
                cost += filled.contains(wish) ? 0 : wish.unfilled();
            }
            cost += 25 * (pupil.demand() - lists.size());
        }
        boolean nothing = pupil.demand() > 0 && all.isEmpty() && pupil.shielded();
        return new Way(chosen, cost + (nothing ? 60 : 0), nothing);
    }

    private void tryFrom(int p, long[] sofar) {
        if (p == ways.size()) {
            judge(sofar);
            return;
        }
        Pupil pupil = instance.pupils().get(p);
        for (Way way : ways.get(p)) {
            if (seat(pupil, way)) {
                long[] next = sofar.clone();
                next[0] += way.nothing() ? 1 : 0;
                next[pupil.priorityClass()] += way.cost();
                next[4] += way.cost();
                tryFrom(p + 1, next);
            }
            way.courses().forEach(course -> {
                load.merge(course, -1, Integer::sum);
                pupilsHome(pupil.pupil(), course, -1);
            });
        }
    }

    private boolean seat(Pupil pupil, Way way) {
        boolean fits = true;
        for (String course : way.courses()) {
            Section section = sections.get(course);
            fits &= load.merge(course, 1, Integer::sum) <= section.capacity();
            pupilsHome(pupil.pupil(), course, 1);
            fits &= section.classSeats() == null || pupil.home() == null
                    || homes.getOrDefault(course + "/" + pupil.home(), 0) <= section.classSeats();
        }
        return fits;
    }

    private void judge(long[] values) {
        for (Section section : instance.sections()) {
            int members = load.getOrDefault(section.course(), 0);
            boolean fixed = instance.fixed().stream().anyMatch(seat -> seat.course().equals(section.course()));
            if (members > 0 && members < section.minSize() && !fixed) {
                return;
            }
        }
        long[] compared = switch (order) {
            case FAIR -> Arrays.copyOf(values, 4);
            case PRIORITY -> new long[] {values[1], values[2], values[0], values[3]};
            case COST, DA -> new long[] {values[4]};
        };
        if (best == null || Arrays.compare(compared, best) < 0) {
            best = compared;
        }
    }
}
