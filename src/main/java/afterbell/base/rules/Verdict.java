package afterbell.base.rules;

/** What a rule says about one act. */
public sealed interface Verdict {

    record Allowed() implements Verdict {}

    /**
     * @param limit what the rule would have allowed, as text for people
     */
    record NeedsReason(String rule, String limit, Clause clause) implements Verdict {}

    /** {@code clause.instead()} names the legal alternative, where there is one. */
    record Refused(String rule, String limit, Clause clause) implements Verdict {}

    Verdict ALLOWED = new Allowed();

    default boolean isAllowed() {
        return this instanceof Allowed;
    }
}
