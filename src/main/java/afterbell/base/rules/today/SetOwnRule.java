package afterbell.base.rules.today;

import afterbell.base.audit.Audit;
import afterbell.base.rules.ChoiceStore;
import afterbell.base.rules.Kind;
import afterbell.base.rules.Resolved;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.rules.engine.RuleBook;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.yaml.YamlProblem;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A school sets a value of its own: stricter than its packs always, another only where they merely advise. Setting the same twice changes nothing. */
@Component
class SetOwnRule {
    private final Rules rules;
    private final ChoiceStore choices;
    private final Audit audit;
    private final Clock clock;

    SetOwnRule(Rules rules, ChoiceStore choices, Audit audit, Clock clock) {
        this.rules = rules;
        this.choices = choices;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    <T> Outcome<Rule<T>> set(Wearer wearer, Rule<T> rule, List<String> typed) {
        UUID school = wearer.school();
        List<YamlProblem> problems = new ArrayList<>();
        Optional<T> value = ChoiceStore.parse(rule, yaml(rule.kind(), typed), problems);
        if (value.isEmpty())
            return Outcome.refused(problems.stream().limit(1).map(p -> new OwnRuleRefused.NotAValue(p.messageKey(), p.facts())).toList());
        Resolved<T> packs = rules.resolve(rules.situation(school, LocalDate.ofInstant(clock.instant(), Screen.ZONE)), rule);
        return switch (RuleBook.maySet(packs, value.get())) {
            case LOOSER -> Outcome.refused(OwnRuleRefused.Looser.of(packs));
            case FIXED -> Outcome.refused(new OwnRuleRefused.Fixed(packs.clause()));
            case YES -> {
                choices.put(school, rule, value.get(), clock.instant(), wearer.account());
                audit.record(school, "rules.own_value_set", "rule", null, Map.of("rule", rule.key(), "value", rule.kind().write(value.get())));
                yield Outcome.done(rule);
            }
        };
    }

    @Transactional
    void drop(Wearer wearer, Rule<?> rule) {
        choices.drop(wearer.school(), rule);
        audit.record(wearer.school(), "rules.own_value_dropped", "rule", null, Map.of("rule", rule.key()));
    }

    /** The form's values as a pack would write them; each is quoted, so that nothing typed can be more than a value. */
    private static String yaml(Kind<?> kind, List<String> typed) {
        return switch (kind) {
            case Kind.Some<?> some -> list(typed);
            case Kind.Steps<?> steps -> list(typed);
            case Kind.Wholes wholes -> list(typed.stream().flatMap(t -> List.of(t.split("[,\\s\u3001\uFF0C]+")).stream()).filter(t -> !t.isEmpty()).toList());
            case Kind.Table table -> "";
            default -> Kind.quoted(typed.isEmpty() ? "" : typed.get(0));
        };
    }

    private static String list(List<String> typed) {
        return "[" + String.join(", ", typed.stream().map(Kind::quoted).toList()) + "]";
    }
}
