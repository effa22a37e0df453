package afterbell.term.programme;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.UUID;

/**
 * A slot as the plan needs it.
 *
 * @param band grade band that it belongs to
 * @param weekday 1 Monday to 7 Sunday
 * @param code the same on all weekdays of one row of the grid
 * @param serviceClass after-school, noon, evening, weekend or holiday
 * @param period false for meals and breaks
 */
public record SlotTime(UUID id, String band, int weekday, String code, LocalTime from, LocalTime until, String serviceClass, boolean period) {

    /** By weekday, then time. */
    public static final Comparator<SlotTime> IN_ORDER = Comparator.comparingInt(SlotTime::weekday).thenComparing(SlotTime::from).thenComparing(SlotTime::band);

    /** Minutes that both cover in a week; slots that only touch share none. */
    public int overlap(SlotTime other) {
        return weekday == other.weekday ? overlap(from, until, other.from, other.until) : 0;
    }

    /** Same stretch of the same weekday, whatever the band: one meeting for the children of both. */
    public boolean sameTime(SlotTime other) {
        return weekday == other.weekday && from.equals(other.from) && until.equals(other.until);
    }

    static int overlap(LocalTime from, LocalTime until, LocalTime otherFrom, LocalTime otherUntil) {
        LocalTime start = from.isAfter(otherFrom) ? from : otherFrom;
        LocalTime end = until.isBefore(otherUntil) ? until : otherUntil;
        return start.isBefore(end) ? (int) Duration.between(start, end).toMinutes() : 0;
    }
}
