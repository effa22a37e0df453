package afterbell.base.calendar;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Set;

/**
 * A time at which some bands leave together (R21).
 *
 * @param days empty: every day
 * @param gate where, as the school calls it; may be empty
 */
public record Wave(String code, Set<String> bands, Set<DayOfWeek> days, LocalTime at, String gate) {

    public Wave {
        bands = Set.copyOf(bands);
        days = Set.copyOf(days);
    }

    /** The same wave at another time of one day. */
    Wave leaving(LocalTime other) {
        return new Wave(code, bands, days, other, gate);
    }

    public boolean takes(String band, DayOfWeek day) {
        return bands.contains(band) && (days.isEmpty() || days.contains(day));
    }
}
