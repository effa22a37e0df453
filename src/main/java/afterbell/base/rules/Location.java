package afterbell.base.rules;

/** Where a school stands, where a rule (mostly about money) makes a difference. */
public enum Location {
    URBAN,
    RURAL
}
