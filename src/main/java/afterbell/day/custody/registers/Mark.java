package afterbell.day.custody.registers;

import afterbell.day.custody.ChildStanding.State;
import java.util.Locale;

/** What a register says of a child's day, in one sign. */
public enum Mark {
    /** Counted by somebody of the service. */
    PRESENT,
    /** On leave from the afternoon. */
    LEAVE,
    /** Not at school that day. */
    AWAY,
    /** Looked for and never counted. */
    ABSENT,
    /** Not counted, and accounted for by the duty leader. */
    ACCOUNTED,
    /** Left with somebody before any roll. */
    FETCHED,
    /** Awaited, and nobody has said anything. */
    OPEN,
    /** Goes home with the bell. */
    NONE;

    /**
     * @param counted whether somebody of the service had the child in hand
     * @param missed whether an empty chair was noted, and not taken back
     */
    static Mark of(State state, boolean stays, boolean counted, boolean missed) {
        if (counted) return PRESENT;
        return switch (state) {
            case ON_LEAVE -> stays || missed ? LEAVE : NONE;
            case NOT_AT_SCHOOL -> stays || missed ? AWAY : NONE;
            case ACCOUNTED -> ACCOUNTED;
            case COLLECTED, WITH_LINE, WALKED_HOME -> FETCHED;
            case MISSING, TRACED -> ABSENT;
            case NOT_EXPECTED -> NONE;
            case EXPECTED, IN_CLASS, BETWEEN, PRESENT, CALLED_OUT, WAITING_LATE, DISPUTED -> missed ? ABSENT : OPEN;
        };
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
