package afterbell.base.rules;

import afterbell.base.shared.Refusal;
import java.util.List;

/**
 * A verdict as a form shows it. The sentence takes the wording of the pack: {0} and {1} are the clause in Chinese and in English, {2} what the rule would
 * allow, {3} and {4} the way out in both languages, {5} the pack.
 */
public record BrokenRule(String messageKey, String field, String rule, String limit, Clause clause) implements Refusal {

    public static BrokenRule of(Verdict.Refused no, String field) {
        return new BrokenRule(no.clause().instead().isEmpty() ? "rules.refused" : "rules.refused_with_way_out", field, no.rule(), no.limit(), no.clause());
    }

    public static BrokenRule of(Verdict.NeedsReason no, String field) {
        return new BrokenRule("rules.needs_reason", field, no.rule(), no.limit(), no.clause());
    }

    @Override
    public List<Object> facts() {
        return List.of(clause.text().zh(), clause.text().en(), limit, clause.instead().zh(), clause.instead().en(), clause.pack());
    }
}
