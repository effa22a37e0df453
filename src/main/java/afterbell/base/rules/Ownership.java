package afterbell.base.rules;

/** Who runs a school, where a rule (mostly about money) makes a difference. */
public enum Ownership {
    PUBLIC,
    PRIVATE
}
