package afterbell.term.placement.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes believable schools from a seed, for benchmarks and tests: popular and unpopular activities, groups of one
 * activity on several days, some that take two days, priority classes, siblings, auditioned sections.
 *
 * @param seatsPerWish seats per wanted slot: 0.95 is tight, 0.60 scarce, 1.20 loose
 * @param zipf how unequal the activities' popularity is
 * @param listLength most choices in a list
 */
public record Generator(
        long seed, int pupils, int activities, double seatsPerWish, double zipf, int grades, int listLength) {
    private static final int[][] TWO_DAYS = {{0, 2}, {1, 3}, {2, 4}};
    private static final int[][] GRADES = {{1, 6}, {1, 6}, {1, 3}, {4, 6}, {3, 6}, {2, 5}};

    public static Generator tight(long seed, int pupils) {
        return new Generator(seed, pupils, activitiesFor(pupils), 0.95, 0.9, 6, 5);
    }

    public static Generator scarce(long seed, int pupils) {
        return new Generator(seed, pupils, activitiesFor(pupils), 0.60, 1.0, 6, 5);
    }

    public static Generator loose(long seed, int pupils) {
        return new Generator(seed, pupils, activitiesFor(pupils), 1.20, 0.9, 6, 5);
    }

    private static int activitiesFor(int pupils) {
        return Math.max(8, Math.min(60, 12 + pupils / 35));
    }

    public Instance instance() {
        Random random = new Random(seed);
        int[] demand = new int[pupils];
        int wanted = 0;
        for (int p = 0; p < pupils; p++) {
            demand[p] = pick(random, 0.34, 0.36, 0.18, 0.06, 0.06) + 1;
            wanted += demand[p];
        }
        List<Section> sections = sections(random, wanted);
        List<Pupil> people = people(random, demand);
        List<Wish> wishes = new ArrayList<>();
        for (Pupil pupil : people) {
            wishes.addAll(wishes(random, pupil, sections));
        }
        return Instance.of(sections, people, wishes, bands(random, sections, people), List.of());
    }

    private List<Section> sections(Random random, int wanted) {
        List<Section> sections = new ArrayList<>();
        int[][] days = new int[activities][];
        int[][] range = new int[activities][];
        for (int a = 0; a < activities; a++) {
            days[a] = random.nextInt(100) < 23 ? TWO_DAYS[random.nextInt(TWO_DAYS.length)] : null;
            range[a] = GRADES[random.nextInt(GRADES.length)];
        }
        double seats = 0;
        for (int n = 0; seats < seatsPerWish * wanted; n++) {
            int a = n < activities ? n : popular(random);
            List<Integer> slots = days[a] == null ? List.of(random.nextInt(5)) : List.of(days[a][0], days[a][1]);
            int capacity = 15 + random.nextInt(16);
            sections.add(new Section("c" + n, "a" + a, slots, capacity, capacity > 18 ? 10 : 8,
                    Math.min(range[a][0], grades), Math.min(range[a][1], grades), random.nextInt(2), null));
            seats += capacity * slots.size();
        }
        return sections;
    }

    private int popular(Random random) {
        double total = 0;
        for (int a = 0; a < activities; a++) {
            total += popularity(a);
        }
        double left = random.nextDouble() * total;
        for (int a = 0; a < activities; a++) {
            left -= popularity(a);
            if (left <= 0) {
                return a;
            }
        }
        return activities - 1;
    }

    private double popularity(int activity) {
        return Math.pow(activity + 1.0, -zipf);
    }

    private List<Pupil> people(Random random, int[] demand) {
        List<Integer> lottery = new ArrayList<>();
        for (int p = 0; p < pupils; p++) {
            lottery.add(p);
        }
        Collections.shuffle(lottery, random);
        List<Pupil> people = new ArrayList<>();
        int families = 0;
        @Nullable String family = null;
        for (int p = 0; p < pupils; p++) {
            if (family != null) {
                family = people.getLast().siblingGroup() != null && p >= 2
                                && family.equals(people.get(p - 2).siblingGroup()) ? null : family;
            }
            if (family == null && random.nextInt(100) < 6 && p + 1 < pupils) {
                family = "" + families++;
            }
            people.add(new Pupil("p" + p, 1 + random.nextInt(grades), pick(random, 0.05, 0.13, 0.82) + 1, family,
                    lottery.get(p), demand[p], List.of(), null, null, true));
        }
        return people;
    }

    private List<Wish> wishes(Random random, Pupil pupil, List<Section> sections) {
        List<Integer> slots = new ArrayList<>(List.of(0, 1, 2, 3, 4));
        Collections.shuffle(slots, random);
        Map<String, Double> taste = new HashMap<>();
        List<Wish> wishes = new ArrayList<>();
        for (int slot : slots.subList(0, pupil.demand())) {
            Map<String, Double> keys = new HashMap<>();
            for (Section section : sections) {
                if (section.slots().contains(slot) && section.admits(pupil.grade())) {
                    int activity = Integer.parseInt(section.activity().substring(1));
                    double liking = taste.computeIfAbsent(section.activity(),
                            a -> -Math.log(1 - random.nextDouble()) / popularity(activity));
                    keys.put(section.course(), liking * (1 + random.nextDouble()));
                }
            }
            List<List<String>> ranks = keys.entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                    .limit(listLength)
                    .map(entry -> List.of(entry.getKey()))
                    .toList();
            wishes.add(new Wish(pupil.pupil(), "" + slot, ranks, Wish.UNFILLED));
        }
        return wishes;
    }

    private static List<Band> bands(Random random, List<Section> sections, List<Pupil> people) {
        List<Band> bands = new ArrayList<>();
        for (Section section : sections) {
            if (random.nextInt(100) < 18) {
                for (Pupil pupil : people) {
                    if (section.admits(pupil.grade()) && random.nextBoolean()) {
                        bands.add(new Band(section.course(), pupil.pupil(), 1));
                    }
                }
            }
        }
        return bands;
    }

    private static int pick(Random random, double... shares) {
        double left = random.nextDouble();
        for (int i = 0; i < shares.length - 1; i++) {
            left -= shares[i];
            if (left < 0) {
                return i;
            }
        }
        return shares.length - 1;
    }
}
