package afterbell.money.billing.pay;

import afterbell.base.rules.BrokenRule;
import afterbell.base.rules.Choices.PayUnit;
import afterbell.base.rules.Clause;
import afterbell.base.rules.Resolved;
import afterbell.base.rules.Rule;
import afterbell.base.rules.RuleTable;
import afterbell.base.rules.RuleTable.Row;
import afterbell.base.rules.Rules;
import afterbell.base.rules.Severity;
import afterbell.base.rules.Situation;
import afterbell.base.rules.Stage;
import afterbell.base.rules.Verdict;
import afterbell.base.shared.Money;
import afterbell.base.shared.Refusal;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the place says about staff pay (rule {@code pay.limits}): least and most for a period, most for a class and day. */
@Component
class PayLimits {
    private final Rules rules;

    PayLimits(Rules rules) {
        this.rules = rules;
    }

    /** A clause that says something about pay, with its bounds in fen. */
    record Bound(PayUnit unit, @Nullable Long least, @Nullable Long most, Clause clause, boolean binding) {}

    /** A school of several stages keeps the bounds of all of them: a document has one rate for everybody. */
    List<Bound> bounds(UUID school, LocalDate on) {
        Situation situation = rules.situation(school, on);
        Resolved<RuleTable> found = rules.resolve(school, situation, Rule.PAY_LIMITS);
        boolean binding = found.severity() == Severity.BAN || found.severity() == Severity.DUTY;
        return found.value().rows().stream()
                .filter(r -> r.maybe("stage").map(s -> situation.stages().contains((Stage) s)).orElse(true))
                .map(r -> new Bound(r.one("unit", PayUnit.class), fen(r, "least"), fen(r, "most"), found.clause(), binding))
                .toList();
    }

    private static @Nullable Long fen(Row row, String column) {
        return row.maybe(column).map(m -> ((Money) m).fen()).orElse(null);
    }

    /** One refusal for each rate that a binding clause doesn't allow, at its field; at the field of standing in where the rate alone would be allowed. */
    List<Refusal> broken(UUID school, Scheme scheme) {
        List<Refusal> no = new ArrayList<>();
        for (Bound bound : bounds(school, scheme.from())) {
            if (!bound.binding() || bound.unit() != PayUnit.PERIOD) continue;
            boolean stood = false;
            for (Scheme.Rate rate : scheme.rates()) {
                if (!rate.work().byPeriod()) continue;
                Long limit = passed(bound, scheme.worth(rate));
                Long inPlace = passed(bound, scheme.worthInPlace(rate));
                if (limit != null) no.add(refused(bound, limit, "yuan-" + rate.work().code()));
                else if (inPlace != null && !stood) {
                    no.add(refused(bound, inPlace, "stood"));
                    stood = true;
                }
            }
        }
        return no;
    }

    /** The bound that is not kept; null where both are. */
    private static @Nullable Long passed(Bound bound, long worth) {
        if (bound.most() != null && worth > bound.most()) return bound.most();
        return bound.least() != null && worth < bound.least() ? bound.least() : null;
    }

    private static Refusal refused(Bound bound, long limit, String field) {
        return BrokenRule.of(new Verdict.Refused(Rule.PAY_LIMITS.key(), BigDecimal.valueOf(limit, 2).stripTrailingZeros().toPlainString(), bound.clause()), field);
    }

    /** Most for one class's own care of one day; null where nobody says so. */
    @Nullable Long classDay(UUID school, LocalDate on) {
        OptionalLong least = bounds(school, on).stream().filter(b -> b.unit() == PayUnit.CLASS_DAY && b.most() != null).mapToLong(b -> java.util.Objects.requireNonNull(b.most())).min();
        return least.isPresent() ? least.getAsLong() : null;
    }
}
