package afterbell.term.programme;

import java.time.Duration;
import java.time.LocalTime;
import java.util.UUID;

/**
 * A slot as the plan needs it.
 *
 * @param band grade band that it belongs to
 * @param weekday 1 Monday to 7 Sunday
 * @param ordinal which row of the band's grid, from 1
 * @param serviceClass after-school, noon, evening, weekend or holiday
 */
public record SlotTime(UUID id, String band, int weekday, int ordinal, String name, LocalTime from, LocalTime until, String serviceClass) {

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
