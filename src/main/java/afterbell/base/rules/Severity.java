package afterbell.base.rules;

/** How much a rule binds. */
public enum Severity {
    /** Refused, without exception. */
    BAN,
    /** "In principle": exceeded only with a reason, which is kept. */
    CAP_SOFT_WITH_REASON,
    /** Something that must be done; what would leave it undone is refused. */
    DUTY,
    /** A sensible value that a school may replace by its own. */
    ADVICE
}
