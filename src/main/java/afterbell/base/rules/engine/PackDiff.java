package afterbell.base.rules.engine;

import afterbell.base.rules.Resolved;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Situation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a change of packs would change for a school: shown before anybody applies it. */
public record PackDiff(List<Change> changes) {

    public PackDiff {
        changes = List.copyOf(changes);
    }

    /**
     * @param looser whether the new value allows more than the old
     * @param severityChanged whether only or also the severity is another
     */
    public record Change(Rule<?> rule, Resolved<?> before, Resolved<?> after, boolean looser, boolean severityChanged) {}

    public static PackDiff between(RuleBook before, RuleBook after, Situation situation) {
        List<Change> changes = new ArrayList<>();
        for (Rule<?> rule : Rule.all()) {
            @Nullable Change change = change(rule, before, after, situation);
            if (change != null) changes.add(change);
        }
        return new PackDiff(changes);
    }

    private static <T> @Nullable Change change(Rule<T> rule, RuleBook before, RuleBook after, Situation situation) {
        Resolved<T> was = before.resolve(rule, situation);
        Resolved<T> will = after.resolve(rule, situation);
        boolean severity = was.severity() != will.severity() || was.floor() != will.floor();
        if (was.value().equals(will.value()) && !severity && was.clause().equals(will.clause())) return null;
        return new Change(rule, was, will, rule.isLooser(will.value(), was.value()), severity);
    }
}
