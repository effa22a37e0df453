package afterbell.term.placement.engine.check;

import afterbell.term.placement.engine.Closing;
import afterbell.term.placement.engine.Explanation;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Json;
import afterbell.term.placement.engine.Order;
import afterbell.term.placement.engine.Outcome;
import afterbell.term.placement.engine.Pupil;
import afterbell.term.placement.engine.Reason;
import afterbell.term.placement.engine.Seat;
import afterbell.term.placement.engine.Section;
import afterbell.term.placement.engine.Text;
import afterbell.term.placement.engine.Wish;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why each child did not get each section it preferred to what it has: the first reason that applies, with its numbers.
 * Everything is derived from the input and the result alone, so a sentence that is shown is a sentence that was checked.
 */
public final class Explanations {
    /** Fewest members of a section for which "they come first by the published order" may be said. */
    static final int SMALL_GROUP = 5;
    /** Smaller counts are not shown. */
    static final int SMALL_COUNT = 3;

    /**
     * @param unexplained pupil and course for which no reason holds: the result is not what its order says
     */
    record Findings(List<Explanation> explanations, List<String> unexplained) {}

    private final Register register;
    private final Map<String, Closing> closings = new HashMap<>();
    private final List<Explanation> found = new ArrayList<>();
    private final List<String> unexplained = new ArrayList<>();

    Explanations(Register register, List<Closing> closings) {
        this.register = register;
        closings.forEach(closing -> this.closings.put(closing.course(), closing));
    }

    /** The rows of explanations.csv, by pupil and course. */
    public static List<Explanation> of(Instance instance, Outcome outcome) {
        return of(instance, outcome.certificate().order(), outcome.result(), outcome.closings());
    }

    public static List<Explanation> of(Instance instance, Order order, List<Seat> result, List<Closing> closings) {
        Register register = new Register(instance, order);
        register.seat(result);
        return new Explanations(register, closings).derive().explanations();
    }

    /** How many families would read each reason at least once; the console shows it before anybody confirms. */
    public static Map<Reason, Integer> familiesByReason(List<Explanation> explanations) {
        Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            counts.put(reason, (int) explanations.stream()
                    .filter(e -> e.reason() == reason)
                    .map(Explanation::pupil)
                    .distinct()
                    .count());
        }
        return counts;
    }

    Findings derive() {
        for (Pupil pupil : register.instance.pupils()) {
            for (Ask wanted : preferred(pupil)) {
                Explanation explanation = explain(pupil, wanted);
                if (explanation == null) {
                    unexplained.add(pupil.pupil() + " " + wanted.course());
                } else {
                    found.add(explanation);
                }
            }
        }
        found.sort(Comparator.comparing(Explanation::pupil, Text.ORDER).thenComparing(Explanation::course, Text.ORDER));
        return new Findings(List.copyOf(found), List.copyOf(unexplained));
    }

    /** Sections ranked before what the pupil holds on some list. */
    private List<Ask> preferred(Pupil pupil) {
        Set<String> preferred = new LinkedHashSet<>();
        if (pupil.demand() == 0) {
            return List.of();
        }
        for (Wish wish : register.listsOf(pupil.pupil())) {
            int has = rankHeld(pupil, wish);
            for (int rank = 1; rank <= wish.ranks().size() && rank < has; rank++) {
                for (String course : wish.ranks().get(rank - 1)) {
                    if (!register.holds(pupil.pupil(), course) && !fixedIn(pupil, course)) {
                        preferred.add(course);
                    }
                }
            }
        }
        return register.asks(pupil.pupil()).values().stream()
                .filter(ask -> preferred.contains(ask.course()))
                .toList();
    }

    private boolean fixedIn(Pupil pupil, String course) {
        return register.fixed.getOrDefault(pupil.pupil(), List.of()).stream()
                .anyMatch(section -> section.course().equals(course));
    }

    /** The worst rank the pupil has on this list; beyond all ranks where something wanted is unfilled. */
    private int rankHeld(Pupil pupil, Wish wish) {
        int worst = 0;
        int places = 0;
        for (Ask ask : register.held(pupil.pupil())) {
            for (Ask.Row row : ask.rows()) {
                if (row.slot().equals(wish.slot())) {
                    worst = Math.max(worst, row.rank());
                    places++;
                }
            }
        }
        int wanted = wish.forWeek() ? pupil.demand() : 1;
        return places < wanted ? Integer.MAX_VALUE : worst;
    }

    private @Nullable Explanation explain(Pupil pupil, Ask wanted) {
        Explanation early = notEligible(pupil, wanted);
        early = early != null ? early : notRun(pupil, wanted);
        early = early != null ? early : fixedClash(pupil, wanted);
        early = early != null ? early : clash(pupil, wanted);
        if (early != null) {
            return early;
        }
        if (register.hasRoom(pupil, wanted.course())) {
            return roomButNoGain(pupil, wanted);
        }
        return new Rivals(pupil, wanted).explain();
    }

    private @Nullable Explanation notEligible(Pupil pupil, Ask wanted) {
        Section section = wanted.section();
        if (!section.admits(pupil.grade())) {
            return reason(pupil, wanted, Reason.NOT_ELIGIBLE, "why", "grade", "grade", pupil.grade(),
                    "from", section.gradeLo(), "to", section.gradeHi());
        }
        if (!register.listedWholly(wanted)) {
            Set<String> listed = new LinkedHashSet<>();
            wanted.rows().forEach(row -> listed.add(row.slot()));
            List<Integer> missing = section.slots().stream().filter(slot -> !listed.contains("" + slot)).toList();
            return reason(pupil, wanted, Reason.NOT_ELIGIBLE, "why", "not_listed_on_every_slot", "missing", missing);
        }
        if (wanted.units() > pupil.demand()) {
            return reason(pupil, wanted, Reason.NOT_ELIGIBLE, "why", "takes_more_than_wanted",
                    "slots", wanted.units(), "wanted", pupil.demand());
        }
        if (pupil.limit() != null && pupil.limit() == 0) {
            return reason(pupil, wanted, Reason.NOT_ELIGIBLE, "why", "limit", "limit", 0);
        }
        return null;
    }

    private @Nullable Explanation notRun(Pupil pupil, Ask wanted) {
        Closing closing = closings.get(wanted.course());
        return closing == null
                ? null
                : reason(pupil, wanted, Reason.NOT_RUN,
                        "placeable", closing.placeable(), "min_size", closing.minSize());
    }

    private @Nullable Explanation fixedClash(Pupil pupil, Ask wanted) {
        List<Section> own = register.fixed.getOrDefault(pupil.pupil(), List.of());
        List<String> inTheWay = own.stream()
                .filter(section -> Register.clash(section, wanted.section()))
                .map(Section::course)
                .toList();
        if (inTheWay.isEmpty() && register.clubsLeft(pupil) <= 0) {
            inTheWay = own.stream().map(Section::course).toList();
        }
        return inTheWay.isEmpty()
                ? null
                : reason(pupil, wanted, Reason.CLASH, "with", inTheWay, "fixed", true);
    }

    /** Taking it would cost the child places that count at least as much by its own ranking. */
    private @Nullable Explanation clash(Pupil pupil, Ask wanted) {
        List<Ask> before = register.held(pupil.pupil());
        List<Ask> after = register.taking(pupil, wanted);
        List<Ask> givenUp = before.stream().filter(own -> !after.contains(own)).toList();
        if (givenUp.isEmpty() || register.cost(pupil, after) < register.cost(pupil, before)) {
            return null;
        }
        return reason(pupil, wanted, Reason.CLASH,
                "with", givenUp.stream().map(Ask::course).toList(),
                "ranks", givenUp.stream().map(Ask::best).toList(),
                "rank", wanted.best());
    }

    /** A free seat that is not given: it would close another section, or cost more points than an empty slot. */
    private @Nullable Explanation roomButNoGain(Pupil pupil, Ask wanted) {
        List<Ask> before = register.held(pupil.pupil());
        List<Ask> after = register.taking(pupil, wanted);
        if (register.cost(pupil, after) >= register.cost(pupil, before)) {
            return reason(pupil, wanted, Reason.EXCHANGE, "why", "points",
                    "points", Register.costOfRank(wanted.best()));
        }
        for (Ask own : before) {
            if (!after.contains(own) && !register.mayRunWith(own.course(), register.load(own.course()) - 1)) {
                return reason(pupil, wanted, Reason.EXCHANGE, "why", "minimum", "course", own.course(),
                        "min_size", own.section().minSize());
            }
        }
        return null;
    }

    private static Explanation reason(Pupil pupil, Ask wanted, Reason reason, @Nullable Object... facts) {
        return new Explanation(pupil.pupil(), wanted.course(), reason, Json.object(facts));
    }

    /** The children who hold the seats of a full section, against one who does not. */
    private final class Rivals {
        private final Pupil pupil;
        private final Ask wanted;
        private final List<Pupil> holders = new ArrayList<>();
        private final List<Ask> after;
        private final long gain;

        Rivals(Pupil pupil, Ask wanted) {
            this.pupil = pupil;
            this.wanted = wanted;
            boolean classFull = register.classIsFull(pupil, wanted.course());
            for (String member : register.members(wanted.course())) {
                Pupil holder = register.pupil(member);
                if (!classFull || pupil.home() == null || pupil.home().equals(holder.home())) {
                    holders.add(holder);
                }
            }
            after = register.taking(pupil, wanted);
            gain = (long) register.cost(pupil, register.held(pupil.pupil())) - register.cost(pupil, after);
        }

        @Nullable Explanation explain() {
            int seats = holders.size();
            if (holders.isEmpty()) {
                int members = register.fixedIn.getOrDefault(wanted.course(), 0);
                return reason(pupil, wanted, Reason.ORDER, "fixed", members >= SMALL_COUNT ? members : null);
            }
            if (holders.stream().allMatch(holder -> priority(holder) < priority(pupil))) {
                return seats >= SMALL_GROUP
                        ? reason(pupil, wanted, Reason.ORDER, "seats", seats)
                        : reason(pupil, wanted, Reason.EXCHANGE, "why", "loss");
            }
            if (holders.stream().allMatch(this::isAhead)) {
                int last = holders.stream()
                        .filter(holder -> priority(holder) == priority(pupil))
                        .mapToInt(Pupil::lottery)
                        .max()
                        .orElseThrow();
                return reason(pupil, wanted, Reason.LOTTERY, "last_admitted", last, "yours", pupil.lottery());
            }
            return register.order == Order.DA ? null : weigh();
        }

        private int priority(Pupil one) {
            return register.order == Order.COST ? 1 : one.priorityClass();
        }

        private boolean isAhead(Pupil holder) {
            return priority(holder) != priority(pupil)
                    ? priority(holder) < priority(pupil)
                    : holder.lottery() < pupil.lottery();
        }

        /** Holders who come after the child keep their seats only because making way would be worse in the order. */
        private @Nullable Explanation weigh() {
            Set<String> decidedBy = new LinkedHashSet<>();
            @Nullable Integer lastBand = null;
            boolean allWithNothing = true;
            @Nullable Long leastLoss = null;
            int behind = 0;
            for (Pupil holder : holders) {
                if (isAhead(holder)) {
                    continue;
                }
                behind++;
                Verdict verdict = new MakingWay(pupil, after, holder, wanted.course()).verdict();
                if (verdict.level().equals("better")) {
                    return null;
                }
                decidedBy.add(verdict.level());
                allWithNothing &= verdict.level().equals("nothing");
                if (verdict.level().equals("bands")) {
                    lastBand = register.bandOf(wanted.course(), holder.pupil());
                }
                if (priority(holder) == priority(pupil)) {
                    leastLoss = leastLoss == null ? verdict.loss() : Math.min(leastLoss, verdict.loss());
                }
            }
            if (Set.of("bands", "siblings", "continuity").containsAll(decidedBy)) {
                return byLaterLevel(decidedBy, lastBand);
            }
            if (decidedBy.equals(Set.of("minimum"))) {
                return reason(pupil, wanted, Reason.EXCHANGE, "why", "minimum");
            }
            if (allWithNothing) {
                return reason(pupil, wanted, Reason.EXCHANGE, "why", "nothing");
            }
            boolean sayNumbers = leastLoss != null && behind >= SMALL_COUNT && leastLoss >= gain && gain > 0;
            String why = sayNumbers && leastLoss != null && leastLoss == gain ? "equal" : "loss";
            return reason(pupil, wanted, Reason.EXCHANGE, "why", why,
                    "gain", sayNumbers ? gain : null, "loss", sayNumbers ? leastLoss : null);
        }

        private Explanation byLaterLevel(Set<String> decidedBy, @Nullable Integer lastBand) {
            if (decidedBy.contains("bands")) {
                return reason(pupil, wanted, Reason.BAND,
                        "last_admitted", lastBand, "yours", register.bandOf(wanted.course(), pupil.pupil()));
            }
            Reason reason = decidedBy.contains("siblings") ? Reason.SIBLING : Reason.CONTINUITY;
            int seats = register.load(wanted.course());
            return reason(pupil, wanted, reason, "seats", seats >= SMALL_COUNT ? seats : null);
        }
    }

    /**
     * @param level first level that gets worse, {@code minimum} where no way is legal, {@code equal} where nothing
     *     changes, {@code better} where the order would have wanted it
     * @param loss points the holder loses
     */
    private record Verdict(String level, long loss) {}

    /** One child takes the seat of another, who goes to the best free seat or goes without. */
    private final class MakingWay {
        private final Pupil taker;
        private final List<Ask> takerAfter;
        private final Pupil holder;
        private final String course;

        MakingWay(Pupil taker, List<Ask> takerAfter, Pupil holder, String course) {
            this.taker = taker;
            this.takerAfter = takerAfter;
            this.holder = holder;
            this.course = course;
        }

        Verdict verdict() {
            List<Ask> takerBefore = register.held(taker.pupil());
            List<Ask> holderBefore = register.held(holder.pupil());
            long[] standing = levels();
            register.give(taker.pupil(), takerAfter);
            List<Ask> rest = holderBefore.stream().filter(own -> !own.course().equals(course)).toList();
            register.give(holder.pupil(), rest);
            long @Nullable [] best = null;
            long loss = 0;
            for (List<Ask> way : ways(rest)) {
                register.give(holder.pupil(), way);
                if (takerBefore.stream().allMatch(own -> takerAfter.contains(own)
                        || register.mayRunWith(own.course(), register.load(own.course())))) {
                    long[] change = change(standing, levels());
                    if (best == null || java.util.Arrays.compare(change, best) < 0) {
                        best = change;
                        loss = (long) register.cost(holder, way) - register.cost(holder, holderBefore);
                    }
                }
                register.give(holder.pupil(), rest);
            }
            register.give(holder.pupil(), holderBefore);
            register.give(taker.pupil(), takerBefore);
            return new Verdict(best == null ? "minimum" : firstDifference(best), loss);
        }

        private List<List<Ask>> ways(List<Ask> rest) {
            List<List<Ask>> ways = new ArrayList<>();
            ways.add(rest);
            for (Ask other : register.asks(holder.pupil()).values()) {
                if (!other.course().equals(course)
                        && !closings.containsKey(other.course())
                        && register.couldHold(holder, other)
                        && register.hasRoom(holder, other.course())
                        && register.fits(holder, rest, other)) {
                    List<Ask> way = new ArrayList<>(rest);
                    way.add(other);
                    ways.add(way);
                }
            }
            return ways;
        }

        /** The levels as far as these two children and their siblings touch them; a smaller value is better. */
        private long[] levels() {
            List<String> names = register.order.levels();
            long[] levels = new long[names.size()];
            for (int i = 0; i < levels.length; i++) {
                String name = names.get(i);
                levels[i] = own(name, taker) + own(name, holder);
                if (name.equals("siblings")) {
                    levels[i] = daysApart();
                }
            }
            return levels;
        }

        private long own(String level, Pupil one) {
            List<Ask> bundle = register.held(one.pupil());
            return switch (level) {
                case "nothing" -> register.countsAsNothing(one, bundle) ? 1 : 0;
                case "cost" -> register.cost(one, bundle);
                case "class1", "class2", "class3" ->
                    level.equals("class" + one.priorityClass()) ? register.cost(one, bundle) : 0;
                case "bands" -> bundle.stream().mapToLong(Ask::band).sum();
                case "continuity" -> -bundle.stream().filter(Ask::continues).count();
                case "lottery" -> register.lotteryPoints(one, bundle);
                default -> 0;
            };
        }

        private long daysApart() {
            long apart = 0;
            for (String sibling : register.siblings(taker.pupil())) {
                apart += register.daysApart(taker.pupil(), sibling);
            }
            for (String sibling : register.siblings(holder.pupil())) {
                apart += sibling.equals(taker.pupil()) ? 0 : register.daysApart(holder.pupil(), sibling);
            }
            return apart;
        }

        private static long[] change(long[] before, long[] after) {
            long[] change = new long[before.length];
            for (int i = 0; i < change.length; i++) {
                change[i] = after[i] - before[i];
            }
            return change;
        }

        private String firstDifference(long[] change) {
            for (int i = 0; i < change.length; i++) {
                if (change[i] != 0) {
                    return change[i] < 0 ? "better" : register.order.levels().get(i);
                }
            }
            return "equal";
        }
    }
}
