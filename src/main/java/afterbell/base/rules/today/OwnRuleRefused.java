package afterbell.base.rules.today;

import afterbell.base.rules.Clause;
import afterbell.base.rules.Resolved;
import afterbell.base.shared.Refusal;
import java.util.List;

/** Why a school can't set a value of its own. */
sealed interface OwnRuleRefused extends Refusal {

    @Override
    default String field() {
        return "value";
    }

    /** {0} and {1} the clause in Chinese and English, {2} what it allows at most. */
    record Looser(Clause clause, String limit) implements OwnRuleRefused {
        static Looser of(Resolved<?> packs) {
            return new Looser(packs.clause(), packs.shown());
        }

        @Override
        public String messageKey() {
            return "rules.own.looser";
        }

        @Override
        public List<Object> facts() {
            return List.of(clause.text().zh(), clause.text().en(), limit);
        }
    }

    record Fixed(Clause clause) implements OwnRuleRefused {
        @Override
        public String messageKey() {
            return "rules.own.fixed";
        }

        @Override
        public List<Object> facts() {
            return List.of(clause.text().zh(), clause.text().en());
        }
    }

    /** Not a value of this kind at all. */
    record NotAValue(String messageKey, List<Object> facts) implements OwnRuleRefused {}
}
