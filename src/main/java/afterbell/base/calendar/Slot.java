package afterbell.base.calendar;

import afterbell.base.rules.ServiceClass;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One stretch between two bells for a band on a weekday.
 *
 * @param id made of term, band, weekday and code; the same for all times that a slot has over the seasons
 * @param code the same on every weekday and band that share the row of the grid, for example {@code S1}
 * @param from first day that this time holds (times change with the season); null = from the start
 * @param until last day; null = open
 */
public record Slot(
        UUID id, String code, String band, DayOfWeek day, TimeSpan time, ServiceClass service, SlotKind kind, @Nullable LocalDate from, @Nullable LocalDate until) {

    private static final UUID NO_TERM = new UUID(0, 0);

    /** A slot of no term yet; {@link #in} gives it its id. */
    public static Slot of(
            String code, String band, DayOfWeek day, TimeSpan time, ServiceClass service, SlotKind kind, @Nullable LocalDate from, @Nullable LocalDate until) {
        return new Slot(idOf(NO_TERM, band, day, code), code, band, day, time, service, kind, from, until);
    }

    public Slot in(UUID term) {
        return new Slot(idOf(term, band, day, code), code, band, day, time, service, kind, from, until);
    }

    /** The same slot at another time of one day. */
    Slot at(TimeSpan other) {
        return new Slot(id, code, band, day, other, service, kind, from, until);
    }

    public static UUID idOf(UUID term, String band, DayOfWeek day, String code) {
        return UUID.nameUUIDFromBytes((term + "/" + band + "/" + day.getValue() + "/" + code).getBytes(StandardCharsets.UTF_8));
    }

    public boolean holdsOn(LocalDate date) {
        return (from == null || !date.isBefore(from)) && (until == null || !date.isAfter(until));
    }

    /** Whether some day sees both. */
    public boolean meets(Slot other) {
        return band.equals(other.band)
                && day == other.day
                && (until == null || other.from == null || !until.isBefore(other.from))
                && (other.until == null || from == null || !other.until.isBefore(from));
    }
}
