package afterbell.day.duty;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody can answer for on a day (R7, R8, R68-R70). */
public enum PostKind {
    /** The leader of the day; no reference. */
    LEADER,
    /** An administrator besides the leader (R69); the reference counts them. */
    ADMIN,
    /** A class from the bell until it is handed over; the reference is the class. */
    CLASS,
    /** The reference is the session. */
    SESSION,
    /** Children who are fetched late; no reference. */
    LATE,
    /** The reference is the gate. */
    GATE,
    /** The reference is the area. */
    PATROL;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<PostKind> of(String code) {
        return Stream.of(values()).filter(k -> k.code().equals(code)).findFirst();
    }

    /** Whether there is one of it a day and so no reference. */
    public boolean single() {
        return this == LEADER || this == LATE;
    }
}
