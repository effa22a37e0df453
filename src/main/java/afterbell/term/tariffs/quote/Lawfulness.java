package afterbell.term.tariffs.quote;

import afterbell.base.rules.Choices.FeeUnit;
import afterbell.base.rules.Choices.Payee;
import afterbell.base.rules.Clause;
import afterbell.base.rules.Location;
import afterbell.base.rules.Ownership;
import afterbell.base.rules.Resolved;
import afterbell.base.rules.Rule;
import afterbell.base.rules.RuleSource;
import afterbell.base.rules.RuleTable;
import afterbell.base.rules.RuleTable.Row;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.Severity;
import afterbell.base.rules.Situation;
import afterbell.base.rules.Stage;
import afterbell.base.rules.Verdict;
import afterbell.term.tariffs.quote.Quote.Refused;
import afterbell.term.tariffs.quote.Tariff.Ban;
import afterbell.term.tariffs.quote.Tariff.Item;
import afterbell.term.tariffs.quote.Tariff.Limit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the rules of the place allow what a tariff asks: each refusal names the rule, its clause and the legal way. One method, one rule. */
final class Lawfulness {
    private final Tariff tariff;
    private final Facts facts;
    private final RuleSource rules;
    private final Situation situation;
    private final List<Item> due;

    private Lawfulness(Tariff tariff, Facts facts, RuleSource rules) {
        this.tariff = tariff;
        this.facts = facts;
        this.rules = rules;
        this.situation = new Situation(
                tariff.region(), facts.until(), Set.of(facts.pupil().stage()), null, facts.pupil().ownership(), facts.pupil().location());
        this.due = tariff.items().stream().filter(item -> item.who().fits(facts.pupil())).toList();
    }

    /** The first rule that is broken, or null. */
    static @Nullable Refused of(Tariff tariff, Facts facts, RuleSource rules) {
        Lawfulness law = new Lawfulness(tariff, facts, rules);
        Refused refused = law.payee();
        if (refused == null) refused = law.beforeTheStandard();
        if (refused == null) refused = law.aboveTheCeiling();
        if (refused == null) refused = law.aboveTheLimit();
        if (refused == null) refused = law.excludedService();
        if (refused == null) refused = law.boardersTwice();
        if (refused == null) refused = law.thirdPartySurcharge();
        if (refused == null) refused = law.lateFee();
        return refused;
    }

    /** P4: no parents' committee and no third party takes the money. */
    private @Nullable Refused payee() {
        Set<Payee> payees = EnumSet.of(tariff.payee());
        return ban(Rule.FEE_PAYEES, rules.resolve(Rule.FEE_PAYEES, situation).verdict(payees));
    }

    /** R113: a day before the standard holds, or after it has ended, costs nothing. */
    private @Nullable Refused beforeTheStandard() {
        boolean outside = facts.from().isBefore(tariff.from()) || tariff.until() != null && facts.until().isAfter(tariff.until());
        return outside ? ban(Rule.FEE_BEFORE_STANDARD, rules.resolve(Rule.FEE_BEFORE_STANDARD, situation).verdict(true)) : null;
    }

    /** R115: no price above the region's ceiling for the same unit. What the item leaves open, the pupil's school decides. */
    private @Nullable Refused aboveTheCeiling() {
        Resolved<RuleTable> ceilings = rules.resolve(Rule.FEE_CEILINGS, situation);
        if (ceilings.severity() == Severity.ADVICE) return null;
        for (Item item : tariff.items())
            for (Row row : ceilings.value().rows())
                if (sameUnit(row.one("unit", FeeUnit.class), item.unit()) && speaksOf(row, item) && item.fen() > row.money("yuan").fen())
                    return refused(Rule.FEE_CEILINGS, ceilings.clause());
        return null;
    }

    private boolean speaksOf(Row row, Item item) {
        Facts.Pupil pupil = facts.pupil();
        Location location = item.who().location() == null ? pupil.location() : item.who().location();
        Ownership ownership = item.who().ownership() == null ? pupil.ownership() : item.who().ownership();
        Set<Stage> stages = item.who().stages().isEmpty() ? Set.of(pupil.stage()) : item.who().stages();
        return row.maybe("service").map(service -> item.services().contains((ServiceClass) service)).orElse(true)
                && row.maybe("stage").map(stage -> stages.contains((Stage) stage)).orElse(true)
                && row.maybe("location").map(location::equals).orElse(true)
                && row.maybe("ownership").map(ownership::equals).orElse(true);
    }

    private static boolean sameUnit(FeeUnit one, FeeUnit other) {
        return one == other || Set.of(FeeUnit.PERIOD, FeeUnit.PERIOD_DAY).containsAll(Set.of(one, other));
    }

    /** The document's own ceilings. */
    private @Nullable Refused aboveTheLimit() {
        for (Limit limit : tariff.limits())
            for (Item item : due)
                if (limit.who().fits(facts.pupil())
                        && sameUnit(limit.unit(), item.unit())
                        && !Collections.disjoint(limit.services(), item.services())
                        && item.fen() > limit.fen())
                    return aboveTheLimit(tariff, limit, rules, situation);
        return null;
    }

    static Refused aboveTheLimit(Tariff tariff, Limit limit, RuleSource rules, Situation situation) {
        return new Refused(Rule.FEE_ABOVE_STANDARD.key(), tariff.code() + " " + limit.clause(), rules.resolve(Rule.FEE_ABOVE_STANDARD, situation).clause().instead().zh());
    }

    /** Section X: what is no after-school service carries no service fee. */
    private @Nullable Refused excludedService() {
        if (!tariff.serviceFee()) return null;
        Resolved<Set<ServiceClass>> counted = rules.resolve(Rule.SERVICE_CLASSES_COUNTED, situation);
        for (Item item : due)
            for (ServiceClass service : item.services())
                if (bought(service) && counted.verdict(EnumSet.of(service)) instanceof Verdict.Refused)
                    return refused(Rule.SERVICE_CLASSES_COUNTED, counted.clause());
        return null;
    }

    /** What the boarding fee pays is not paid again. */
    private @Nullable Refused boardersTwice() {
        for (Item item : due)
            for (ServiceClass service : item.services())
                if (facts.boardingCovers().contains(service) && bought(service))
                    return ban(Rule.FEE_BOARDERS_TWICE, rules.resolve(Rule.FEE_BOARDERS_TWICE, situation).verdict(true));
        return null;
    }

    private boolean bought(ServiceClass service) {
        return facts.stretches().stream().anyMatch(stretch -> stretch.service() == service && stretch.planned() > 0);
    }

    /** R72: where third parties' courses may not cost more. */
    private @Nullable Refused thirdPartySurcharge() {
        boolean asked = due.stream().flatMap(item -> item.surcharges().stream()).anyMatch(Tariff.Surcharge::thirdParty);
        return asked ? ban(Rule.FEE_THIRD_PARTY_SURCHARGE, rules.resolve(Rule.FEE_THIRD_PARTY_SURCHARGE, situation).verdict(true)) : null;
    }

    /** A public school takes no fee for coming late. */
    private @Nullable Refused lateFee() {
        boolean on = tariff.lateFee() != null && tariff.lateFee().on();
        return on ? ban(Rule.FEE_LATE_COLLECTION, rules.resolve(Rule.FEE_LATE_COLLECTION, situation).verdict(true)) : null;
    }

    /** A refusal by the rules of the place, or by the tariff's own words. */
    private @Nullable Refused ban(Rule<?> rule, Verdict verdict) {
        if (verdict instanceof Verdict.Refused refused) return refused(rule, refused.clause());
        for (Ban ban : tariff.bans())
            if (ban.rule().equals(rule.key())) return new Refused(rule.key(), tariff.code() + " " + ban.clause(), ban.instead().isEmpty() ? rules.resolve(rule, situation).clause().instead().zh() : ban.instead());
        return null;
    }

    static Refused refused(Rule<?> rule, Clause clause) {
        String words = (clause.pack() + " " + clause.code()).strip() + " " + clause.text().zh();
        return new Refused(rule.key(), words, clause.instead().zh());
    }
}
