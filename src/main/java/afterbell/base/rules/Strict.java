package afterbell.base.rules;

/** Which way a rule gets stricter; decides what "loosens" means. */
public enum Strict {
    /** Numbers, amounts, times of day: the smaller or earlier is stricter. Yes/no: no is stricter. Sets: the subset is stricter. */
    LESS,
    /** Numbers, amounts, times of day: the larger or later is stricter. Yes/no: yes is stricter. Sets: the superset is stricter. */
    MORE,
    /** Neither way: any other value is another choice. */
    NEITHER
}
