package afterbell.base.rules;

/** What a slot legally is: each has its own legality, fee authority, consent and report line (section X of the requirements). */
public enum ServiceClass {
    AFTER_SCHOOL,
    NOON_CARE,
    EVENING_STUDY,
    WEEKEND_CARE,
    HOLIDAY_CARE
}
