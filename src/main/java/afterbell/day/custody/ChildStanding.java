package afterbell.day.custody;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a child stands, as last written.
 *
 * @param custodian the member of staff who answers, or null
 * @param session present: the session; between rooms: the one the child is on its way to
 * @param since from when on
 * @param until present: the session's end; on leave: the leave's end
 * @param alarms names of {@link afterbell.day.custody.childday.Alarm.Kind}
 * @param sessions those of the child's plan, in order of time; {@code custodians} and {@code ends} say who answers for each and when it ends
 * @param entries how much has been said: grows with every entry, so that a page can name what it knew
 */
public record ChildStanding(
        UUID pupil,
        UUID schoolClass,
        State state,
        @Nullable UUID custodian,
        @Nullable UUID session,
        Instant since,
        @Nullable Instant until,
        @Nullable String word,
        boolean closed,
        boolean red,
        boolean corrected,
        List<String> alarms,
        Instant bell,
        UUID classTeacher,
        List<UUID> sessions,
        List<UUID> custodians,
        List<Instant> ends,
        int entries) {

    /** One word for each kind of {@link afterbell.day.custody.childday.Whereabouts}. */
    public enum State {
        NOT_EXPECTED,
        NOT_AT_SCHOOL,
        ON_LEAVE,
        EXPECTED,
        IN_CLASS,
        BETWEEN,
        PRESENT,
        CALLED_OUT,
        /** Looked for and not there; nobody has looked further yet. */
        MISSING,
        /** The same, and somebody is looking. */
        TRACED,
        WAITING_LATE,
        COLLECTED,
        WITH_LINE,
        WALKED_HOME,
        ACCOUNTED,
        DISPUTED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }

        /** Gone for today with somebody's word. */
        public boolean left() {
            return this == COLLECTED || this == WITH_LINE || this == WALKED_HOME || this == ACCOUNTED;
        }
    }

    /** Whether the child's plan has this session today. */
    public boolean plans(UUID session) {
        return sessions.contains(session);
    }

    public boolean stays() {
        return !sessions.isEmpty();
    }
}
