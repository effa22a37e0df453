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
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a pupil's term costs under a tariff, line by line, each with its clause. Pure: the same three inputs give the same quote with any later release (law 5). */
public final class Quoting {
    private static final String TERM_CEILING = "term-ceiling";

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
    }

    private record Time(LocalDate from, LocalDate until) {}

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
        Refused tooMuch = quoting.aboveMonthlyCeiling();
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
                    .toList();
            if (stretches.isEmpty()) continue;
            if (item.byDay()) stretches.forEach(stretch -> chargeDays(item, stretch));
            else if (item.unit() == FeeUnit.TERM || item.times() != null) chargeLump(item, together(item, stretches), ordered(item, stretches));
            else stretches.forEach(stretch -> chargeLump(item, stretch, Ratio.of(stretch.count())));
        }
    }

    private void chargeDays(Item item, Stretch stretch) {
        int days =
                switch (item.counted()) {
                    case PLANNED -> stretch.planned();
                    case HELD -> stretch.held();
                    case ATTENDED -> stretch.attended();
                };
        if (item.most() != null) days = Math.min(days, item.most());
        Ratio quantity = Ratio.of(days).times(perDay(item, stretch)).times(Ratio.of(stretch.count()));
        if (quantity.isZero()) return;
        Ratio gross = quantity.times(Ratio.of(item.fen()));
        add(stretch, item, quantity, item.fen(), gross, item.clause());
        adjust(item, stretch, quantity, gross);
        surcharge(item, stretch);
    }

    private Ratio perDay(Item item, Stretch stretch) {
        for (Tariff.PerDay row : item.perDay()) if (row.grades().contains(facts.pupil().grade())) return Ratio.of(row.units());
        return Ratio.of(stretch.perDay());
    }

    private void chargeLump(Item item, Stretch stretch, Ratio quantity) {
        Ratio gross = quantity.times(Ratio.of(item.fen()));
        add(stretch, item, quantity, item.fen(), gross, item.clause());
        adjust(item, stretch, quantity, gross);
        surcharge(item, stretch);
    }

    /** Several services of one item are paid once, whichever were ordered; one service as often as it was ordered. */
    private static Ratio ordered(Item item, List<Stretch> stretches) {
        Ratio times = item.times() == null ? Ratio.ONE : Ratio.of(item.times());
        int count = item.services().size() > 1 ? 1 : stretches.stream().mapToInt(Stretch::count).max().orElse(1);
        return times.times(Ratio.of(count));
    }

    /** The stretches of a term as one. */
    private Stretch together(Item item, List<Stretch> all) {
        Stretch first = all.getFirst();
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

    private void surcharge(Item item, Stretch stretch) {
        if (stretch.special() == 0) return;
        for (Tariff.Surcharge surcharge : item.surcharges()) {
            Ratio quantity = Ratio.of(stretch.special());
            add(stretch, item, quantity, surcharge.fen(), quantity.times(Ratio.of(surcharge.fen())), surcharge.clause());
        }
    }

    // --- what absence does to it ---

    private void adjust(Item item, Stretch stretch, Ratio quantity, Ratio gross) {
        Ratio left = asWritten(gross);
        for (Adjustment adjustment : item.adjustments()) {
            Ratio off = asWritten(off(adjustment, stretch, quantity, gross)).atMost(left);
            if (!off.isPositive()) continue;
            left = left.minus(off);
            if (adjustment instanceof Adjustment.Daily daily) {
                Ratio days = off.dividedBy(Ratio.of(daily.fen()));
                put(new Draft(stretch.from(), stretch.until(), item.services(), days.negated(), "day", daily.fen(), off.negated(), tariff.code() + " " + daily.clause()));
            } else {
                Ratio units = item.fen() == 0 ? Ratio.ZERO : off.dividedBy(Ratio.of(item.fen()));
                add(stretch, item, units.negated(), item.fen(), off.negated(), adjustment.clause());
            }
        }
    }

    private Ratio off(Adjustment adjustment, Stretch stretch, Ratio quantity, Ratio gross) {
        return switch (adjustment) {
            case Adjustment.Threshold threshold -> gross.times(Ratio.percent(100 - percentDue(threshold, stretch)));
            case Adjustment.Proportional proportional -> {
                Ratio divisor = divisor(proportional.divisor(), stretch);
                yield divisor.isPositive() ? gross.times(lost(proportional.causes(), stretch).dividedBy(divisor)) : Ratio.ZERO;
            }
            case Adjustment.Daily daily -> lost(daily.causes(), stretch).times(Ratio.of(daily.fen())).times(daily.fen() == 0 ? Ratio.ZERO : Ratio.ONE);
            case Adjustment.InARow row -> {
                int percent = 0;
                for (Adjustment.Step step : row.steps()) if (stretch.inARow() >= step.from()) percent = step.percent();
                yield gross.times(Ratio.percent(percent));
            }
            case Adjustment.Elapsed elapsed -> gross.times(Ratio.percent(percentBack(elapsed, stretch)));
            case Adjustment.Cancellation cancellation -> {
                if (facts.left() == null) yield Ratio.ZERO;
                if (!facts.left().on().isAfter(cancellation.deadline())) yield gross;
                yield facts.left().reviewed() ? gross.times(Ratio.percent(cancellation.after())) : Ratio.ZERO;
            }
        };
    }

    private int percentDue(Adjustment.Threshold threshold, Stretch stretch) {
        if (stretch.attended() == 0) return threshold.zero();
        Ratio border = divisor(threshold.of(), stretch).times(Ratio.percent(threshold.share()));
        int side = Ratio.of(stretch.attended()).compareTo(border);
        if (side < 0) return threshold.below();
        return side == 0 && threshold.at() == HalfBoundary.HALF ? threshold.below() : 100;
    }

    private int percentBack(Adjustment.Elapsed elapsed, Stretch stretch) {
        if (facts.left() == null || stretch.planned() == 0) return 0;
        Ratio passed = Ratio.of(100L * (stretch.planned() - stretch.withdrawn())).dividedBy(Ratio.of(stretch.planned()));
        for (Adjustment.Step step : elapsed.steps()) if (passed.compareTo(Ratio.of(step.from())) <= 0) return step.percent();
        return 0;
    }

    private static Ratio lost(Set<Cause> causes, Stretch stretch) {
        return Ratio.of(causes.stream().mapToInt(stretch::days).sum());
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
            Map<Time, Ratio> sums = new LinkedHashMap<>();
            for (Draft draft : drafts)
                if (ceiling.services().containsAll(draft.services())) sums.merge(ceiling.perTerm() ? term() : time(draft), draft.amount(), Ratio::plus);
            sums.forEach((time, sum) -> {
                long allowed = ceiling.perTerm() ? ceiling.fen() : Math.multiplyExact(ceiling.fen(), months(time));
                Ratio over = sum.minus(Ratio.of(allowed));
                if (over.isPositive())
                    put(new Draft(
                            time.from(), time.until(), ceiling.services(), Ratio.ONE.negated(), ceiling.perTerm() ? TERM_CEILING : "month-ceiling", over.rounded(RoundingMode.HALF_UP, 1), over.negated(), tariff.code() + " " + ceiling.clause()));
            });
        }
    }

    /** A region's ceiling for a month holds also where the tariff counts days. */
    private @Nullable Refused aboveMonthlyCeiling() {
        Facts.Pupil pupil = facts.pupil();
        Situation situation = new Situation(tariff.region(), facts.until(), Set.of(pupil.stage()), null, pupil.ownership(), pupil.location());
        Resolved<RuleTable> ceilings = rules.resolve(Rule.FEE_CEILINGS, situation);
        if (ceilings.severity() == Severity.ADVICE) return null;
        for (Row row : ceilings.value().rows()) {
            if (row.one("unit", FeeUnit.class) != FeeUnit.MONTH || !speaksOf(row, pupil)) continue;
            Map<Time, Ratio> sums = new HashMap<>();
            for (Draft draft : drafts)
                if (row.maybe("service").map(service -> draft.services().equals(Set.of(service))).orElse(true)) sums.merge(time(draft), draft.amount(), Ratio::plus);
            for (Map.Entry<Time, Ratio> sum : sums.entrySet()) {
                long allowed = Math.multiplyExact(row.money("yuan").fen(), Math.max(1, months(sum.getKey())));
                if (sum.getValue().compareTo(Ratio.of(allowed)) > 0) return Lawfulness.refused(Rule.FEE_CEILINGS, ceilings.clause());
            }
        }
        return null;
    }

    private static boolean speaksOf(Row row, Facts.Pupil pupil) {
        return row.maybe("stage").map(pupil.stage()::equals).orElse(true)
                && row.maybe("location").map(pupil.location()::equals).orElse(true)
                && row.maybe("ownership").map(pupil.ownership()::equals).orElse(true);
    }

    private void exempt() {
        Map<Time, Ratio> sums = new LinkedHashMap<>();
        Ratio charged = Ratio.ZERO;
        Ratio cut = Ratio.ZERO;
        for (Draft draft : drafts) {
            if (draft.ofTerm()) cut = cut.plus(draft.amount());
            else {
                sums.merge(time(draft), draft.amount(), Ratio::plus);
                charged = charged.plus(draft.amount());
            }
        }
        // What a term's ceiling took off is taken off each month alike, so that nobody is exempt from what was not asked.
        Ratio share = charged.isPositive() ? charged.plus(cut).dividedBy(charged) : Ratio.ZERO;
        Ratio left = charged.plus(cut);
        for (Map.Entry<Time, Ratio> entry : sums.entrySet()) {
            Time time = entry.getKey();
            Tariff.@Nullable Exemption best = best(time);
            Ratio asked = entry.getValue().times(share);
            if (best == null || !asked.isPositive()) continue;
            Ratio percent = Ratio.percent(best.percent());
            Ratio off = asWritten(asked.times(percent)).atMost(left);
            left = left.minus(off);
            put(new Draft(
                    time.from(), time.until(), Set.of(), percent.negated(), "exemption", asked.rounded(RoundingMode.HALF_UP, 1), off.negated(), best.clause()));
        }
    }

    /** The exemption that helps most of those that hold on a day of this time. */
    private Tariff.@Nullable Exemption best(Time time) {
        Tariff.@Nullable Exemption best = null;
        for (Exempt exempt : facts.exempt()) {
            if (exempt.from().isAfter(time.until()) || exempt.until() != null && exempt.until().isBefore(time.from())) continue;
            Tariff.@Nullable Exemption found = exemption(exempt.group(), time.until());
            if (found != null && (best == null || found.percent() > best.percent())) best = found;
        }
        return best;
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

    private void add(Stretch stretch, Item item, Ratio quantity, long price, Ratio amount, String clause) {
        put(new Draft(stretch.from(), stretch.until(), item.services(), quantity, YamlTree.spelled(item.unit()), price, amount, tariff.code() + " " + clause));
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

    private Time term() {
        return new Time(facts.from(), facts.until());
    }

    private static Time time(Draft draft) {
        return new Time(draft.from(), draft.until());
    }

    private static long months(Time time) {
        return ChronoUnit.MONTHS.between(YearMonth.from(time.from()), YearMonth.from(time.until())) + 1;
    }
}
