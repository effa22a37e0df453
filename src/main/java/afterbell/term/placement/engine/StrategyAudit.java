package afterbell.term.placement.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Honesty about strategy: what lists of each length got, and whether simple tricks would have paid. The tricks are tried
 * by solving again with one pupil's lists changed; gains are counted in the points of the pupil's true ranking.
 */
public final class StrategyAudit {
    /** @param firsts lists of this length whose first choice was given */
    public record ByLength(int length, int lists, int firsts) {}

    /**
     * A way to write less or otherwise than one means.
     *
     * @param tried pupils it was tried for, all of them with lists that it changes; 0 where no list is long enough for it
     * @param better how many of them it would have served
     * @param worse how many it would have hurt
     * @param meanGain mean points saved, in hundredths; negative where the trick costs
     */
    public record Trick(String name, int tried, int better, int worse, long meanGain) {}

    public record Report(List<ByLength> chances, List<Trick> tricks) {}

    private final Instance instance;
    private final Order order;
    private final Options options;

    private StrategyAudit(Instance instance, Order order, Options options) {
        this.instance = instance;
        this.order = order;
        this.options = options;
    }

    /** Chance of a first wish by the length of the list; read from a result, nothing is solved. */
    public static List<ByLength> chances(Instance instance, List<Seat> result) {
        Map<String, Integer> ranks = new HashMap<>();
        result.forEach(seat -> ranks.merge(seat.pupil() + " " + seat.slot(), seat.rank(), Math::min));
        Map<Integer, int[]> byLength = new TreeMap<>();
        for (Wish wish : instance.wishes()) {
            int length = (int) wish.ranks().stream().filter(tied -> !tied.isEmpty()).count();
            int[] counts = byLength.computeIfAbsent(length, l -> new int[2]);
            counts[0]++;
            counts[1] += ranks.getOrDefault(wish.pupil() + " " + wish.slot(), 0) == 1 ? 1 : 0;
        }
        return byLength.entrySet().stream()
                .map(e -> new ByLength(e.getKey(), e.getValue()[0], e.getValue()[1]))
                .toList();
    }

    /**
     * The whole audit.
     *
     * @param sample for how many pupils each trick is tried; each try is one run with the given options
     */
    public static Report run(Instance instance, Order order, Options options, int sample, long seed) {
        StrategyAudit audit = new StrategyAudit(instance, order, options);
        List<Seat> honest = Placement.solve(instance, order, options, ProgressListener.SILENT).result();
        return new Report(
                chances(instance, honest),
                List.of(
                        audit.trick("only the first choice", honest, sample, seed, ranks -> ranks.subList(0, Math.min(1, ranks.size()))),
                        audit.trick("only two choices", honest, sample, seed, ranks -> ranks.subList(0, Math.min(2, ranks.size()))),
                        audit.trick("first and second swapped", honest, sample, seed, StrategyAudit::swapped)));
    }

    private interface Change {
        List<List<String>> of(List<List<String>> ranks);
    }

    private static List<List<String>> swapped(List<List<String>> ranks) {
        List<List<String>> swapped = new ArrayList<>(ranks);
        if (swapped.size() > 1) {
            swapped.set(0, ranks.get(1));
            swapped.set(1, ranks.get(0));
        }
        return swapped;
    }

    /** Some of those whose lists the trick changes: for anybody else it would be the honest run again. */
    private List<Pupil> sample(int size, long seed, Change change) {
        Set<String> changed = instance.wishes().stream()
                .filter(wish -> !change.of(wish.ranks()).equals(wish.ranks()))
                .map(Wish::pupil)
                .collect(Collectors.toSet());
        List<Pupil> able = new ArrayList<>(instance.pupils().stream().filter(pupil -> changed.contains(pupil.pupil())).toList());
        Collections.shuffle(able, new Random(seed));
        return able.subList(0, Math.min(size, able.size()));
    }

    private Trick trick(String name, List<Seat> honest, int size, long seed, Change change) {
        List<Pupil> tried = sample(size, seed, change);
        int better = 0;
        int worse = 0;
        long gained = 0;
        for (Pupil pupil : tried) {
            List<Wish> wishes = instance.wishes().stream()
                    .map(wish -> wish.pupil().equals(pupil.pupil())
                            ? new Wish(wish.pupil(), wish.slot(), change.of(wish.ranks()), wish.unfilled())
                            : wish)
                    .toList();
            Instance other = new Instance(instance.sections(), instance.pupils(), wishes, instance.bands(),
                    instance.fixed());
            List<Seat> result = Placement.solve(other, order, options, ProgressListener.SILENT).result();
            long gain = trueCost(pupil, honest) - trueCost(pupil, result);
            gained += gain;
            better += gain > 0 ? 1 : 0;
            worse += gain < 0 ? 1 : 0;
        }
        return new Trick(name, tried.size(), better, worse, tried.isEmpty() ? 0 : 100 * gained / tried.size());
    }

    /** Points of what the pupil got, by the ranks of its honest lists. */
    private long trueCost(Pupil pupil, List<Seat> result) {
        Map<String, Wish> lists = new HashMap<>();
        instance.wishes().stream()
                .filter(wish -> wish.pupil().equals(pupil.pupil()))
                .forEach(wish -> lists.put(wish.slot(), wish));
        long cost = 0;
        int filled = 0;
        for (Seat seat : result) {
            Wish wish = lists.get(seat.slot());
            if (seat.pupil().equals(pupil.pupil()) && seat.rank() > 0 && wish != null) {
                filled++;
                for (int rank = 1; rank <= wish.ranks().size(); rank++) {
                    cost += wish.ranks().get(rank - 1).contains(seat.course()) ? Points.ofRank(rank) : 0;
                }
            }
        }
        cost += (long) Wish.UNFILLED * (pupil.demand() - filled);
        return cost + (filled == 0 && pupil.demand() > 0 ? Points.NOTHING : 0);
    }
}
