package afterbell.term.programme;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A group of an offering: who may come, how many, who leads it, where and when (R42).
 *
 * @param code the school's own key, unique in the term, for example S07
 * @param capacityReason why the capacity is above the cap of its kind, or empty
 * @param perClassSeats most children of one class, or null
 * @param fixed members are named, nobody wishes for it
 * @param slots one slot per band and weekday
 * @param teachers the main one first; staff ids
 */
public record Section(
        UUID id,
        UUID offering,
        UUID term,
        String code,
        String name,
        Kind kind,
        int gradeLo,
        int gradeHi,
        int minSize,
        int capacity,
        String capacityReason,
        @Nullable Integer perClassSeats,
        @Nullable UUID room,
        State state,
        boolean fixed,
        String fixedReason,
        List<UUID> slots,
        List<UUID> teachers) {

    public Section {
        slots = List.copyOf(slots);
        teachers = List.copyOf(teachers);
    }

    /** @param led staff ids, the main one first */
    public Section ledBy(List<UUID> led) {
        return new Section(id, offering, term, code, name, kind, gradeLo, gradeHi, minSize, capacity, capacityReason, perClassSeats, room, state, fixed, fixedReason, slots, led);
    }

    public enum Kind {
        CLUB,
        WALKING,
        TEAM;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    public enum State {
        DRAFT,
        PUBLISHED,
        WITHDRAWN;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
