package afterbell.base.rules;

/** Anything that answers what a rule says in a situation: all packs, or all packs as one school has set them. */
public interface RuleSource {
    <T> Resolved<T> resolve(Rule<T> rule, Situation situation);
}
