package afterbell.base.rules.engine;

import afterbell.base.rules.Clause;
import afterbell.base.rules.Resolved;
import afterbell.base.rules.Resolved.Overridden;
import afterbell.base.rules.Resolved.Why;
import afterbell.base.rules.Rule;
import afterbell.base.rules.RuleSource;
import afterbell.base.rules.Severity;
import afterbell.base.rules.Situation;
import afterbell.base.rules.Strict;
import afterbell.base.shared.yaml.YamlProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All packs together. Immutable; answers what holds where and when, and why.
 *
 * <p>Order of precedence: smaller region, then later date, then more particular entry. A floor holds against every smaller region and against the
 * school; a later pack of the same region may replace it, as a new law replaces an old one.
 */
public final class RuleBook implements RuleSource {
    private final List<RulePack> packs;
    private final Map<Rule<?>, List<Line<?>>> byRule = new HashMap<>();

    private record Line<T>(RulePack pack, RuleEntry<T> entry) {}

    private RuleBook(List<RulePack> packs) {
        this.packs = List.copyOf(packs);
        for (RulePack pack : packs) for (RuleEntry<?> entry : pack.entries()) byRule.computeIfAbsent(entry.rule(), r -> new ArrayList<>()).add(new Line<>(pack, entry));
        Comparator<Line<?>> weakestFirst = Comparator.<Line<?>>comparingInt(l -> l.pack().level())
                .thenComparing(l -> l.pack().from())
                .thenComparingInt(l -> l.entry().conditions());
        byRule.values().forEach(lines -> lines.sort(weakestFirst));
    }

    /** Builds the book; adds a problem for each pair of packs that can't stand together. A book with problems must not be used. */
    public static RuleBook of(List<RulePack> packs, List<YamlProblem> problems) {
        for (int i = 0; i < packs.size(); i++) for (int j = i + 1; j < packs.size(); j++) refuseTogether(packs.get(i), packs.get(j), problems);
        RuleBook book = new RuleBook(packs);
        for (Rule<?> rule : Rule.all()) if (!book.hasDefault(rule)) problems.add(new YamlProblem("AFTERBELL-DEFAULT", 0, "rules.no-default", List.of(rule.key())));
        return book;
    }

    private static void refuseTogether(RulePack a, RulePack b, List<YamlProblem> problems) {
        if (!a.overlaps(b)) return;
        if (a.code().equals(b.code())) {
            problems.add(new YamlProblem(b.file(), 0, "rules.dates-overlap", List.of(b.code(), a.file(), a.from(), b.from())));
            return;
        }
        if (a.level() != b.level() || !a.region().equals(b.region()) || !a.from().equals(b.from())) return;
        for (RuleEntry<?> one : a.entries())
            for (RuleEntry<?> two : b.entries())
                if (one.rule() == two.rule() && one.conditions() == two.conditions() && one.meets(two))
                    problems.add(new YamlProblem(b.file(), two.line(), "rules.tie", List.of(two.rule().key(), a.code(), b.code(), a.from())));
    }

    private boolean hasDefault(Rule<?> rule) {
        return byRule.getOrDefault(rule, List.of()).stream().anyMatch(l -> l.pack().product() && l.entry().isUnconditional());
    }

    public List<RulePack> packs() {
        return packs;
    }

    /** What holds in a situation. */
    @Override
    public <T> Resolved<T> resolve(Rule<T> rule, Situation situation) {
        return resolve(rule, situation, null);
    }

    /**
     * What holds for a school that has made a choice of its own.
     *
     * @param own the school's choice; it counts only where {@link #maySet} allows it, so that a pack that became stricter later still holds
     */
    public <T> Resolved<T> resolve(Rule<T> rule, Situation situation, @Nullable SchoolChoice<T> own) {
        List<Line<T>> fitting = fitting(rule, situation);
        if (fitting.isEmpty()) throw new IllegalStateException("no pack has a value for " + rule + " on " + situation.date());
        @Nullable Line<T> holds = null;
        NavigableMap<Integer, Line<T>> floors = new TreeMap<>();
        List<Overridden> overridden = new ArrayList<>();
        for (Line<T> next : fitting) {
            int level = next.pack().level();
            if (floors.headMap(level).values().stream().anyMatch(floor -> rule.undoes(next.entry().value(), floor.entry().value()))) {
                overridden.add(overridden(next, Why.WOULD_LOOSEN_A_FLOOR));
                continue;
            }
            if (holds != null) overridden.add(overridden(holds, why(holds, next)));
            holds = next;
            if (next.entry().floor()) floors.put(level, next);
            else floors.remove(level);
        }
        Collections.reverse(overridden);
        Line<T> winner = Objects.requireNonNull(holds);
        Resolved<T> fromPacks = resolved(rule, winner, !floors.isEmpty(), overridden);
        return own == null || maySet(fromPacks, own.value()) != MaySet.YES ? fromPacks : withOwn(fromPacks, own);
    }

    /** A school's own choice of a value. */
    public record SchoolChoice<T>(T value, Clause clause) {}

    public enum MaySet {
        YES,
        /** The rule that holds is no advice, and the value would loosen it. */
        LOOSER,
        /** The rule that holds is no advice and knows no stricter side. */
        FIXED
    }

    /** A school may always be stricter than its packs; otherwise only where they merely advise. */
    public static <T> MaySet maySet(Resolved<T> packs, T value) {
        if (packs.value().equals(value)) return MaySet.YES;
        if (packs.severity() == Severity.ADVICE && !packs.floor()) return MaySet.YES;
        if (packs.rule().strict() == Strict.NEITHER) return MaySet.FIXED;
        return packs.rule().isLooser(value, packs.value()) ? MaySet.LOOSER : MaySet.YES;
    }

    private static <T> Resolved<T> withOwn(Resolved<T> packs, SchoolChoice<T> own) {
        List<Overridden> overridden = new ArrayList<>();
        overridden.add(new Overridden(packs.shown(), packs.severity(), packs.clause(), Why.LARGER_REGION));
        overridden.addAll(packs.overridden());
        return new Resolved<>(packs.rule(), own.value(), packs.severity(), packs.floor(), own.clause(), overridden);
    }

    /** Entries that fit, weakest first. */
    @SuppressWarnings("unchecked")
    private <T> List<Line<T>> fitting(Rule<T> rule, Situation situation) {
        List<Line<T>> found = new ArrayList<>();
        for (Line<?> line : byRule.getOrDefault(rule, List.of()))
            if (line.pack().holdsOn(situation.date()) && line.pack().covers(situation.region()) && line.entry().fits(situation)) found.add((Line<T>) line);
        return found;
    }

    private static <T> Resolved<T> resolved(Rule<T> rule, Line<T> line, boolean floor, List<Overridden> overridden) {
        return new Resolved<>(rule, line.entry().value(), line.entry().severity(), floor, line.pack().clause(line.entry()), overridden);
    }

    private static Overridden overridden(Line<?> line, Why why) {
        return new Overridden(line.entry().shown(), line.entry().severity(), line.pack().clause(line.entry()), why);
    }

    private static Why why(Line<?> loser, Line<?> winner) {
        if (loser.pack().product()) return Why.PRODUCT_DEFAULT;
        if (loser.pack().level() < winner.pack().level()) return Why.LARGER_REGION;
        if (loser.pack().from().isBefore(winner.pack().from())) return Why.EARLIER_PACK;
        return Why.LESS_PARTICULAR;
    }
}
