package afterbell.base.calendar;

/** What a slot is for. Children are in sessions only in a {@code PERIOD}. */
public enum SlotKind {
    PERIOD,
    MEAL,
    BREAK
}
