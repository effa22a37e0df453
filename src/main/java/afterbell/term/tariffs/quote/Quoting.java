package afterbell.term.tariffs.quote;

import afterbell.base.rules.Choices.FeeUnit;
import afterbell.base.rules.Choices.HalfBoundary;
import afterbell.base.rules.Resolved;
import afterbell.base.rules.Rule;
import afterbell.base.rules.RuleSource;
import afterbell.base.rules.RuleTable;
import afterbell.base.rules.RuleTable.Row;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.Severity;
import afterbell.base.rules.Situation;
import afterbell.base.shared.yaml.YamlTree;
import afterbell.term.tariffs.quote.Facts.Exempt;
import afterbell.term.tariffs.quote.Facts.Late;
import afterbell.term.tariffs.quote.Facts.Stretch;
import afterbell.term.tariffs.quote.Quote.Line;
import afterbell.term.tariffs.quote.Quote.Refused;
import afterbell.term.tariffs.quote.Tariff.Adjustment;
import afterbell.term.tariffs.quote.Tariff.Cause;
import afterbell.term.tariffs.quote.Tariff.Ceiling;
import afterbell.term.tariffs.quote.Tariff.Destination;
import afterbell.term.tariffs.quote.Tariff.Divisor;
import afterbell.term.tariffs.quote.Tariff.Item;
import afterbell.term.tariffs.quote.Tariff.LateFee;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pupil's term costs under a tariff, line by line, each with its clause. Pure: the same three inputs give the same quote with any later release (law 5). */
public final class Quoting {
    private static final String TERM_CEILING = "term-ceiling";
    private static final String MONTH_CEILING = "month-ceiling";

    private final Tariff tariff;
    private final Facts facts;
    private final RuleSource rules;
    private final List<Draft> drafts = new ArrayList<>();

    /** A line on its way. {@code services} are those it is charged for, which ceilings ask. */
    private record Draft(
            LocalDate from, LocalDate until, Set<ServiceClass> services, Ratio quantity, String unit, long unitPriceFen, Ratio amount, String clause) {

        /** Whether this is what a term's ceiling took off. */
        boolean ofTerm() {
            return unit.equals(TERM_CEILING);
        }

        /** Whether this is what a month's ceiling took off. */
        boolean ofMonth() {
            return unit.equals(MONTH_CEILING);
        }
    }

    private record Time(LocalDate from, LocalDate until) {
        boolean holds(Time other) {
            return !other.from().isBefore(from) && !other.until().isAfter(until);
        }
    }

    /** Where days are bounded together. {@code service} is null where all services share the bound. */
    private record Bound(LocalDate from, LocalDate until, @Nullable ServiceClass service) {}

    /** Lines together, as ceilings count them. */
    private record Sum(LocalDate from, LocalDate until, Set<ServiceClass> services, Ratio amount) {
        static Sum of(Draft draft) {
            return new Sum(draft.from(), draft.until(), draft.services(), draft.amount());
        }

        Sum plus(Sum other) {
            Set<ServiceClass> both = new HashSet<>(services);
            both.addAll(other.services);
            return new Sum(from.isBefore(other.from) ? from : other.from, until.isAfter(other.until) ? until : other.until, both, amount.plus(other.amount));
        }

        Sum over(LocalDate first, LocalDate last) {
            return new Sum(first, last, services, amount);
        }

        long months() {
            return ChronoUnit.MONTHS.between(YearMonth.from(from), YearMonth.from(until)) + 1;
        }

        boolean isAbove(long fen) {
            return amount.compareTo(Ratio.of(fen)) > 0;
        }
    }

    private Quoting(Tariff tariff, Facts facts, RuleSource rules) {
        this.tariff = tariff;
        this.facts = facts;
        this.rules = rules;
    }

    /** A quote; one with a refusal where the rules of the place forbid the tariff. */
    public static Quote quote(Tariff tariff, Facts facts, RuleSource rules) {
        Refused unlawful = Lawfulness.of(tariff, facts, rules);
        if (unlawful != null) return Quote.refused(tariff, unlawful);
        Quoting quoting = new Quoting(tariff, facts, rules);
        quoting.charge();
        quoting.cap();
        Refused tooMuch = quoting.aboveCeilingInSum();
        if (tooMuch != null) return Quote.refused(tariff, tooMuch);
        quoting.exempt();
        quoting.lateFees();
        return quoting.settled();
    }

    // --- what was ordered ---

    private void charge() {
        for (Item item : tariff.items()) {
            if (!item.who().fits(facts.pupil())) continue;
            List<Stretch> stretches = facts.stretches().stream()
                    .filter(stretch -> item.services().contains(stretch.service()) && stretch.planned() > 0)
                    .filter(stretch -> item.months().isEmpty() || item.months().contains(stretch.from().getMonthValue()))
                    .toList();
            if (stretches.isEmpty()) continue;
            if (item.byDay()) chargeDays(item, stretches);
            else if (item.unit() == FeeUnit.TERM || item.times() != null) chargeLump(item, stretches, ordered(item, stretches));
            else if (item.services().size() == 1) stretches.forEach(stretch -> chargeTime(item, List.of(stretch)));
            else inTime(stretches).forEach(same -> chargeTime(item, same));
        }
    }

    private void chargeDays(Item item, List<Stretch> stretches) {
        Tariff.@Nullable Most most = item.most();
        Map<Bound, Integer> left = new HashMap<>();
        for (Stretch stretch : stretches) {
            Bound bound = bound(most, stretch);
            int days = Math.min(counted(item, stretch), left.getOrDefault(bound, atMost(most, stretch)));
            left.put(bound, left.getOrDefault(bound, atMost(most, stretch)) - days);
            Set<ServiceClass> services = Set.of(stretch.service());
            Ratio quantity = Ratio.of(days).times(perDay(item, stretch)).times(Ratio.of(stretch.count()));
            if (quantity.isZero()) continue;
            Ratio gross = quantity.times(Ratio.of(item.fen()));
            add(stretch, services, item, quantity, item.fen(), gross, item.clause());
            adjust(item, List.of(stretch), services, gross);
            surcharge(item, stretch, services);
        }
    }

    /** Days after the withdrawal are counted only where the document says what a withdrawal gives back. */
    private static int counted(Item item, Stretch stretch) {
        int without = item.adjustments().stream().anyMatch(Quoting::speaksOfWithdrawal) ? 0 : stretch.withdrawn();
        return switch (item.counted()) {
            case PLANNED -> without > 0 && without >= stretch.held() ? 0 : Math.max(0, stretch.planned() - without);
            case HELD -> Math.max(0, stretch.held() - without);
            case ATTENDED -> stretch.attended();
        };
    }

    private static boolean speaksOfWithdrawal(Adjustment adjustment) {
        return switch (adjustment) {
            case Adjustment.Cancellation c -> true;
            case Adjustment.Elapsed e -> true;
            case Adjustment.Proportional p -> p.causes().contains(Cause.WITHDRAWAL);
            case Adjustment.Daily d -> d.causes().contains(Cause.WITHDRAWAL);
            case Adjustment.Threshold t -> false;
            case Adjustment.InARow r -> false;
            case Adjustment.Joining j -> false;
        };
    }

    private static int atMost(Tariff.@Nullable Most most, Stretch stretch) {
        if (most == null) return Integer.MAX_VALUE;
        return switch (most.per()) {
            case STRETCH, TERM -> most.days();
            case WEEK -> Math.multiplyExact(most.days(), (int) weeks(stretch));
        };
    }

    /** Days of one and of two periods of the same service and time share what the time allows; all days of a term what the term does. */
    private Bound bound(Tariff.@Nullable Most most, Stretch stretch) {
        boolean term = most != null && most.per() == Tariff.Most.Per.TERM;
        return term ? new Bound(facts.from(), facts.until(), null) : new Bound(stretch.from(), stretch.until(), stretch.service());
    }

    /** Weeks that a stretch touches, Monday to Sunday. */
    private static long weeks(Stretch stretch) {
        return ChronoUnit.WEEKS.between(stretch.from().with(DayOfWeek.MONDAY), stretch.until().with(DayOfWeek.MONDAY)) + 1;
    }

    private Ratio perDay(Item item, Stretch stretch) {
        for (Tariff.PerDay row : item.perDay()) if (row.grades().contains(facts.pupil().grade())) return Ratio.of(row.units());
        return Ratio.of(stretch.perDay());
    }

    /** Services of one item in the same time are one lump. */
    private static Collection<List<Stretch>> inTime(List<Stretch> stretches) {
        Map<Time, List<Stretch>> times = new LinkedHashMap<>();
        for (Stretch stretch : stretches) times.computeIfAbsent(new Time(stretch.from(), stretch.until()), time -> new ArrayList<>()).add(stretch);
        return times.values();
    }

    /** A month or the like. One that lies wholly after the withdrawal was not ordered, unless the document says what a late withdrawal costs. */
    private void chargeTime(Item item, List<Stretch> same) {
        // Closed and undelivered days lie in such a month too: they are so for everybody.
        boolean away = same.stream().anyMatch(stretch -> stretch.withdrawn() > 0) || facts.left() != null && !facts.left().on().isAfter(same.getFirst().from());
        boolean gone = away && same.stream().allMatch(stretch -> stretch.withdrawn() >= stretch.held());
        boolean speaks = item.adjustments().stream().anyMatch(a -> a instanceof Adjustment.Cancellation || a instanceof Adjustment.Elapsed);
        if (gone && !speaks) return;
        chargeLump(item, same, Ratio.of(same.size() == 1 ? same.getFirst().count() : 1));
    }

    private void chargeLump(Item item, List<Stretch> stretches, Ratio quantity) {
        Stretch stretch = together(stretches);
        Set<ServiceClass> services = stretches.stream().map(Stretch::service).collect(Collectors.toSet());
        Ratio gross = quantity.times(Ratio.of(item.fen()));
        add(stretch, services, item, quantity, item.fen(), gross, item.clause());
        adjust(item, stretches, services, gross);
        surcharge(item, stretch, services);
    }

    /** Several services of one item are paid once, whichever were ordered; one service as often as it was ordered. */
    private static Ratio ordered(Item item, List<Stretch> stretches) {
        Ratio times = item.times() == null ? Ratio.ONE : Ratio.of(item.times());
        int count = item.services().size() > 1 ? 1 : stretches.stream().mapToInt(Stretch::count).max().orElse(1);
        return times.times(Ratio.of(count));
    }

    /** Several stretches as one. */
    private Stretch together(List<Stretch> all) {
        Stretch first = all.getFirst();
        if (all.size() == 1) return first;
        int workdays = 0, planned = 0, held = 0, attended = 0, leave = 0, undelivered = 0, closed = 0, withdrawn = 0, inARow = 0, special = 0;
        for (Stretch one : all) {
            workdays += one.workdays();
            planned += one.planned();
            held += one.held();
            attended += one.attended();
            leave += one.leave();
            undelivered += one.undelivered();
            closed += one.closed();
            withdrawn += one.withdrawn();
            inARow = Math.max(inARow, one.inARow());
            special += one.special();
        }
        LocalDate from = all.stream().map(Stretch::from).min(LocalDate::compareTo).orElse(facts.from());
        LocalDate until = all.stream().map(Stretch::until).max(LocalDate::compareTo).orElse(facts.until());
        return new Stretch(
                from, until, first.service(), first.perDay(), first.count(), workdays, planned, held, attended, leave, undelivered, closed, withdrawn, inARow, special);
    }

    private void surcharge(Item item, Stretch stretch, Set<ServiceClass> services) {
        if (stretch.special() == 0) return;
        for (Tariff.Surcharge surcharge : item.surcharges()) {
            Ratio quantity = Ratio.of(stretch.special());
            add(stretch, services, item, quantity, surcharge.fen(), quantity.times(Ratio.of(surcharge.fen())), surcharge.clause());
        }
    }

    // --- what absence does to it ---

    private void adjust(Item item, List<Stretch> stretches, Set<ServiceClass> services, Ratio gross) {
        Stretch stretch = together(stretches);
        Ratio left = asWritten(gross);
        for (Adjustment adjustment : item.adjustments()) {
            Ratio off = asWritten(off(adjustment, stretches, stretch, gross)).atMost(left);
            if (!off.isPositive()) continue;
            left = left.minus(off);
            if (adjustment instanceof Adjustment.Daily daily) {
                Ratio days = off.dividedBy(Ratio.of(daily.fen()));
                put(new Draft(stretch.from(), stretch.until(), services, days.negated(), "day", daily.fen(), off.negated(), tariff.code() + " " + daily.clause()));
            } else {
                Ratio units = item.fen() == 0 ? Ratio.ZERO : off.dividedBy(Ratio.of(item.fen()));
                add(stretch, services, item, units.negated(), item.fen(), off.negated(), adjustment.clause());
            }
        }
    }

    /** @param stretch all of them together */
    private Ratio off(Adjustment adjustment, List<Stretch> stretches, Stretch stretch, Ratio gross) {
        return switch (adjustment) {
            case Adjustment.Threshold threshold -> gross.times(Ratio.percent(100 - percentDue(threshold, stretches, stretch)));
            case Adjustment.Proportional proportional -> {
                Ratio divisor = divisor(proportional.divisor(), stretch);
                yield divisor.isPositive() ? gross.times(days(proportional.divisor(), stretches, one -> lost(proportional.causes(), one)).dividedBy(divisor)) : Ratio.ZERO;
            }
            case Adjustment.Daily daily -> once(stretches, one -> lost(daily.causes(), one)).times(Ratio.of(daily.fen())).times(daily.fen() == 0 ? Ratio.ZERO : Ratio.ONE);
            case Adjustment.InARow row -> {
                int percent = 0;
                for (Adjustment.Step step : row.steps()) if (stretch.inARow() >= step.from()) percent = step.percent();
                yield gross.times(Ratio.percent(percent));
            }
            case Adjustment.Elapsed elapsed -> gross.times(Ratio.percent(percentBack(elapsed, stretch)));
            case Adjustment.Cancellation cancellation -> {
                if (facts.left() == null) yield Ratio.ZERO;
                if (!facts.left().on().isAfter(cancellation.deadline(facts.from()))) yield gross;
                yield facts.left().reviewed() ? gross.times(Ratio.percent(cancellation.after())) : Ratio.ZERO;
            }
            case Adjustment.Joining joining -> {
                LocalDate joined = facts.joined();
                Ratio divisor = divisor(joining.divisor(), stretch);
                if (joined == null || !joined.isAfter(stretch.from()) || joined.isAfter(stretch.until()) || !divisor.isPositive()) yield Ratio.ZERO;
                yield gross.times(divisor.minus(days(joining.divisor(), stretches, Stretch::planned).atMost(divisor)).dividedBy(divisor));
            }
        };
    }

    private int percentDue(Adjustment.Threshold threshold, List<Stretch> stretches, Stretch stretch) {
        if (stretch.attended() == 0) return threshold.zero() != null ? threshold.zero() : rules.resolve(Rule.FEE_ZERO_ATTENDANCE_PERCENT, situation()).value();
        Ratio border = divisor(threshold.of(), stretch).times(Ratio.percent(threshold.share()));
        int side = days(threshold.of(), stretches, Stretch::attended).compareTo(border);
        if (side < 0) return threshold.below();
        if (side > 0) return 100;
        HalfBoundary at = threshold.at() != null ? threshold.at() : rules.resolve(Rule.FEE_HALF_BOUNDARY, situation()).value();
        return at == HalfBoundary.HALF ? threshold.below() : 100;
    }

    private int percentBack(Adjustment.Elapsed elapsed, Stretch stretch) {
        if (facts.left() == null || stretch.planned() == 0) return 0;
        Ratio passed = Ratio.of(100L * (stretch.planned() - stretch.withdrawn())).dividedBy(Ratio.of(stretch.planned()));
        for (Adjustment.Step step : elapsed.steps()) if (passed.compareTo(Ratio.of(step.from())) <= 0) return step.percent();
        return 0;
    }

    private static int lost(Set<Cause> causes, Stretch stretch) {
        return causes.stream().mapToInt(stretch::days).sum();
    }

    /** Days to hold against a divisor. Those of several services add up where the divisor does so too; a fixed one is of one service's days. */
    private static Ratio days(Divisor divisor, List<Stretch> stretches, ToIntFunction<Stretch> of) {
        return divisor.kind() == Divisor.Kind.FIXED ? once(stretches, of) : Ratio.of(stretches.stream().mapToInt(of).sum());
    }

    /** A day of two services that are paid as one is one day. */
    private static Ratio once(List<Stretch> stretches, ToIntFunction<Stretch> of) {
        return Ratio.of(inTime(stretches).stream().mapToInt(same -> same.stream().mapToInt(of).max().orElse(0)).sum());
    }

    private static Ratio divisor(Divisor divisor, Stretch stretch) {
        return switch (divisor.kind()) {
            case STATUTORY_WORKDAYS -> Ratio.of(stretch.workdays());
            case PLANNED_DAYS -> Ratio.of(stretch.planned());
            case FIXED -> divisor.fixed() == null ? Ratio.ZERO : Ratio.of(divisor.fixed());
        };
    }

    // --- caps, exemptions, late fees ---

    private void cap() {
        for (Ceiling ceiling : tariff.ceilings()) {
            if (ceiling.perTerm()) cap(ceiling, within(ceiling).stream().reduce(Sum::plus).map(sum -> sum.over(facts.from(), facts.until())).stream().toList(), TERM_CEILING);
            else {
                cap(ceiling, single(within(ceiling)), MONTH_CEILING);
                cap(ceiling, several(within(ceiling)), MONTH_CEILING);
            }
        }
    }

    /** What a ceiling counts, one sum a line. */
    private List<Sum> within(Ceiling ceiling) {
        return drafts.stream().filter(draft -> (ceiling.perTerm() || !draft.ofTerm()) && ceiling.services().containsAll(draft.services())).map(Sum::of).toList();
    }

    private void cap(Ceiling ceiling, List<Sum> sums, String unit) {
        for (Sum sum : sums) {
            long allowed = ceiling.perTerm() ? ceiling.fen() : Math.multiplyExact(ceiling.fen(), sum.months());
            Ratio over = sum.amount().minus(Ratio.of(allowed));
            if (over.isPositive())
                put(new Draft(sum.from(), sum.until(), sum.services(), Ratio.ONE.negated(), unit, over.rounded(RoundingMode.HALF_UP, 1), over.negated(), tariff.code() + " " + ceiling.clause()));
        }
    }

    /** Lines of one calendar month together, whatever parts of it they are for. */
    private static List<Sum> single(List<Sum> lines) {
        Map<YearMonth, Sum> months = new TreeMap<>();
        for (Sum line : lines) if (line.months() == 1) months.merge(YearMonth.from(line.from()), line, Sum::plus);
        return List.copyOf(months.values());
    }

    /** A line over several months, with all that lies in a month which it touches. */
    private static List<Sum> several(List<Sum> lines) {
        List<Sum> ordered = lines.stream().sorted(Comparator.comparing(Sum::from).thenComparing(Sum::until)).toList();
        List<Sum> sums = new ArrayList<>();
        for (Sum line : ordered) {
            if (!sums.isEmpty() && !YearMonth.from(line.from()).isAfter(YearMonth.from(sums.getLast().until()))) sums.add(sums.removeLast().plus(line));
            else sums.add(line);
        }
        return sums.stream().filter(sum -> sum.months() > 1).toList();
    }

    /** What the region or the document allows for a month or a term holds also where the tariff counts days. */
    private @Nullable Refused aboveCeilingInSum() {
        Facts.Pupil pupil = facts.pupil();
        Resolved<RuleTable> ceilings = rules.resolve(Rule.FEE_CEILINGS, situation());
        if (ceilings.severity() != Severity.ADVICE)
            for (Row row : ceilings.value().rows()) {
                Set<ServiceClass> services = row.maybe("service").map(service -> Set.of((ServiceClass) service)).orElse(EnumSet.allOf(ServiceClass.class));
                if (speaksOf(row, pupil) && above(row.one("unit", FeeUnit.class), services, row.money("yuan").fen())) return Lawfulness.refused(Rule.FEE_CEILINGS, ceilings.clause());
            }
        for (Tariff.Limit limit : tariff.limits())
            if (limit.who().fits(pupil) && above(limit.unit(), limit.services(), limit.fen())) return Lawfulness.aboveTheLimit(tariff, limit, rules, situation());
        return null;
    }

    private boolean above(FeeUnit unit, Set<ServiceClass> services, long fen) {
        return switch (unit) {
            case MONTH -> {
                List<Sum> counted = counted(services, false);
                yield Stream.concat(single(counted).stream(), several(counted).stream()).anyMatch(sum -> sum.isAbove(Math.multiplyExact(fen, sum.months())));
            }
            case TERM -> counted(services, true).stream().reduce(Sum::plus).filter(sum -> sum.isAbove(fen)).isPresent();
            case PERIOD, PERIOD_DAY, HOUR, DAY, HALF_MONTH, SESSION -> false;
        };
    }

    /** Lines for any of the services. What a ceiling took off counts where all that it capped is among them; what a term's took off lowers no month. */
    private List<Sum> counted(Set<ServiceClass> services, boolean term) {
        return drafts.stream()
                .filter(draft -> draft.ofTerm() ? term && services.containsAll(draft.services()) : draft.ofMonth() ? services.containsAll(draft.services()) : !Collections.disjoint(services, draft.services()))
                .map(Sum::of)
                .toList();
    }

    private Situation situation() {
        Facts.Pupil pupil = facts.pupil();
        return new Situation(tariff.region(), facts.until(), Set.of(pupil.stage()), null, pupil.ownership(), pupil.location());
    }

    private static boolean speaksOf(Row row, Facts.Pupil pupil) {
        return row.maybe("stage").map(pupil.stage()::equals).orElse(true)
                && row.maybe("location").map(pupil.location()::equals).orElse(true)
                && row.maybe("ownership").map(pupil.ownership()::equals).orElse(true);
    }

    private void exempt() {
        Map<Time, Ratio> sums = new LinkedHashMap<>();
        List<Draft> cuts = new ArrayList<>();
        Ratio left = Ratio.ZERO;
        for (Draft draft : drafts) {
            left = left.plus(draft.amount());
            if (draft.ofTerm() || draft.ofMonth()) cuts.add(draft);
            else sums.merge(time(draft), draft.amount(), Ratio::plus);
        }
        // What a ceiling took off is taken off each stretch under it alike, so that nobody is exempt from what was not asked.
        for (Draft cut : cuts) {
            Ratio whole = sums.entrySet().stream().filter(sum -> time(cut).holds(sum.getKey())).map(Map.Entry::getValue).reduce(Ratio.ZERO, Ratio::plus);
            if (!whole.isPositive()) continue;
            Ratio share = whole.plus(cut.amount()).dividedBy(whole);
            sums.replaceAll((time, sum) -> time(cut).holds(time) ? sum.times(share) : sum);
        }
        for (Map.Entry<Time, Ratio> entry : sums.entrySet()) {
            Time time = entry.getKey();
            Tariff.@Nullable Exemption best = best(time);
            Ratio asked = entry.getValue();
            if (best == null || !asked.isPositive()) continue;
            Ratio percent = Ratio.percent(best.percent());
            Ratio off = asWritten(asked.times(percent)).atMost(left);
            left = left.minus(off);
            put(new Draft(
                    time.from(), time.until(), Set.of(), percent.negated(), "exemption", asked.rounded(RoundingMode.HALF_UP, 1), off.negated(), best.clause()));
        }
    }

    /** The exemption that helps most of those that hold in this time, as the document wants them to. */
    private Tariff.@Nullable Exemption best(Time time) {
        Tariff.@Nullable Exemption best = null;
        for (Exempt exempt : facts.exempt()) {
            if (!holds(exempt, time)) continue;
            Tariff.@Nullable Exemption found = exemption(exempt.group(), time.until());
            if (found != null && (best == null || found.percent() > best.percent())) best = found;
        }
        return best;
    }

    private boolean holds(Exempt exempt, Time time) {
        boolean first = !exempt.from().isAfter(time.from()) && (exempt.until() == null || !exempt.until().isBefore(time.from()));
        return switch (tariff.exemptOn()) {
            case ANY_DAY -> !exempt.from().isAfter(time.until()) && (exempt.until() == null || !exempt.until().isBefore(time.from()));
            case FIRST_DAY -> first;
            case EVERY_DAY -> first && (exempt.until() == null || !exempt.until().isBefore(time.until()));
        };
    }

    /** As the tariff says; where it is silent, as the rules of the place do. */
    private Tariff.@Nullable Exemption exemption(String group, LocalDate on) {
        for (Tariff.Exemption own : tariff.exemptions())
            if (own.group().equals(group)) return new Tariff.Exemption(group, own.percent(), tariff.code() + " " + own.clause());
        Situation situation = Situation.of(tariff.region(), on);
        if (!rules.resolve(Rule.FEE_POOR_EXEMPT, situation).value()) return null;
        Resolved<RuleTable> table = rules.resolve(Rule.FEE_EXEMPTIONS, situation);
        for (Row row : table.value().rows())
            if (row.text("group").equals(group)) return new Tariff.Exemption(group, row.number("percent"), table.clause().pack() + " " + table.clause().text().zh());
        return null;
    }

    private void lateFees() {
        LateFee fee = tariff.lateFee();
        if (fee == null || !fee.on()) return;
        List<Late> events = facts.late().stream().sorted(Comparator.comparing(Late::on)).toList();
        Map<YearMonth, Integer> repeats = new HashMap<>();
        String clause = tariff.code() + " " + fee.clause();
        for (int i = 0; i < events.size(); i++) {
            Late late = events.get(i);
            int before = repeats.merge(YearMonth.from(late.on()), 1, Integer::sum) - 1;
            long price = fee.doubles() ? Math.multiplyExact(fee.fen(), 1L << Math.min(before, 20)) : fee.fen();
            Ratio minutes = Ratio.of(late.minutes());
            put(new Draft(late.on(), late.on(), Set.of(), minutes, "minute", price, minutes.times(Ratio.of(price)), clause));
            if (removed(fee, events.subList(0, i + 1))) put(new Draft(late.on(), late.on(), Set.of(), Ratio.ONE, "removal", 0, Ratio.ZERO, clause));
        }
    }

    private static boolean removed(LateFee fee, List<Late> events) {
        LocalDate last = events.getLast().on();
        return fee.removals().stream().anyMatch(removal -> {
            YearMonth first = YearMonth.from(last).minusMonths(removal.months() - 1);
            return events.stream().filter(late -> !YearMonth.from(late.on()).isBefore(first)).count() == removal.times();
        });
    }

    // --- the end of the account ---

    private Quote settled() {
        Tariff.Rounding rounding = tariff.rounding();
        List<Line> lines = new ArrayList<>();
        Ratio exact = Ratio.ZERO;
        long charged = 0;
        for (Draft draft : drafts) {
            long amount = draft.amount().rounded(RoundingMode.HALF_UP, 1);
            lines.add(new Line(draft.from(), draft.until(), draft.quantity().shown(), draft.unit(), draft.unitPriceFen(), amount, draft.clause()));
            exact = exact.plus(draft.amount());
            charged = Math.addExact(charged, amount);
        }
        if (rounding.whole()) {
            long total = exact.rounded(rounding.mode(), rounding.step());
            if (total != charged)
                lines.add(new Line(facts.from(), facts.until(), Ratio.ONE.shown(), "rounding", total - charged, total - charged, tariff.code()));
            charged = total;
        }
        long paid = facts.payments().stream().mapToLong(Facts.Payment::fen).reduce(0, Math::addExact);
        long over = paid - charged;
        // Who leaves has no next term to carry money into.
        Destination to = facts.left() != null && tariff.refundTo() == Destination.NEXT_TERM ? Destination.ORIGINAL_PAYER : tariff.refundTo();
        boolean carried = over < 0 || to == Destination.NEXT_TERM;
        return new Quote(lines, charged, carried ? 0 : over, carried ? over : 0, to, null);
    }

    private void add(Stretch stretch, Set<ServiceClass> services, Item item, Ratio quantity, long price, Ratio amount, String clause) {
        put(new Draft(stretch.from(), stretch.until(), services, quantity, YamlTree.spelled(item.unit()), price, amount, tariff.code() + " " + clause));
    }

    /** A line is rounded as soon as it is written, so that a ceiling or a full exemption meets exactly what the lines before it say. */
    private void put(Draft draft) {
        drafts.add(new Draft(
                draft.from(), draft.until(), draft.services(), draft.quantity(), draft.unit(), draft.unitPriceFen(), asWritten(draft.amount()), draft.clause()));
    }

    private Ratio asWritten(Ratio amount) {
        Tariff.Rounding rounding = tariff.rounding();
        return rounding.whole() ? amount : Ratio.of(amount.rounded(rounding.mode(), rounding.step()));
    }

    private static Time time(Draft draft) {
        return new Time(draft.from(), draft.until());
    }
}
