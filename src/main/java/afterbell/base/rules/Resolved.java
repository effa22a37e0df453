package afterbell.base.rules;

import java.util.List;

/**
 * The value of a rule in a situation, and why it is this one.
 *
 * @param overridden what else the packs say, nearest first, each with the reason why it doesn't hold here
 */
public record Resolved<T>(Rule<T> rule, T value, Severity severity, boolean floor, Clause clause, List<Overridden> overridden) {

    public Resolved {
        overridden = List.copyOf(overridden);
    }

    /** @param value as text for people */
    public record Overridden(String value, Severity severity, Clause clause, Why why) {}

    /** Why an entry that fits doesn't hold. */
    public enum Why {
        LARGER_REGION,
        EARLIER_PACK,
        LESS_PARTICULAR,
        WOULD_LOOSEN_A_FLOOR,
        PRODUCT_DEFAULT
    }

    public String shown() {
        return rule.kind().write(value);
    }

    /** Judges an act: {@code actual} is what somebody wants to do, measured as the rule measures it. */
    public Verdict verdict(T actual) {
        if (!rule.isLooser(actual, value)) return Verdict.ALLOWED;
        return switch (severity) {
            case BAN, DUTY -> new Verdict.Refused(rule.key(), shown(), clause);
            case CAP_SOFT_WITH_REASON -> new Verdict.NeedsReason(rule.key(), shown(), clause);
            case ADVICE -> Verdict.ALLOWED;
        };
    }
}
