package afterbell.base.calendar;

/** What a day of a term is by law and by the school's own calendar; closures of the service are another matter. */
public enum DayKind {
    TEACHING,
    /** A Saturday or Sunday that is worked for a weekday off. */
    SWAPPED,
    HOLIDAY,
    WEEKEND,
    /** A weekday on which the school, by its own calendar, doesn't teach. */
    SCHOOL_FREE,
    /** Outside the term, opened for holiday care. */
    HOLIDAY_OPENING;

    public boolean isTeaching() {
        return this == TEACHING || this == SWAPPED;
    }
}
