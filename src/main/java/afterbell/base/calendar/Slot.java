package afterbell.base.calendar;

import afterbell.base.rules.ServiceClass;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One stretch between two bells for a band on a weekday.
 *
 * @param code the same on every weekday and band that share the row of the grid, for example {@code S1}
 * @param from first day that this time holds (times change with the season); null = the whole term
 * @param until last day; null = open
 */
public record Slot(
        String code, String band, DayOfWeek day, TimeSpan time, ServiceClass service, SlotKind kind, @Nullable LocalDate from, @Nullable LocalDate until) {

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
