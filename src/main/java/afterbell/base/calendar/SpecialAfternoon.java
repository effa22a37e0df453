package afterbell.base.calendar;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Days on which the bells after lessons ring at other times (R26): the whole afternoon is moved, ends early, or both. Noon care keeps its times.
 *
 * @param bands empty: the whole school
 * @param shift minutes by which every bell and wave comes later; negative: earlier
 * @param ends when the last session ends at the latest; null: as ever
 * @param note a few words for families, never about a person; may be empty
 */
public record SpecialAfternoon(LocalDate from, LocalDate until, Set<String> bands, int shift, @Nullable LocalTime ends, String note) {
    /** Minutes that an afternoon can be moved. */
    public static final int FARTHEST = 180;

    public SpecialAfternoon {
        if (until.isBefore(from)) throw new IllegalArgumentException("special afternoons must not end before they start");
        if (Math.abs(shift) > FARTHEST) throw new IllegalArgumentException("an afternoon moved by " + shift + " minutes");
        if (shift == 0 && ends == null) throw new IllegalArgumentException("a special afternoon that changes nothing");
        bands = Set.copyOf(bands);
    }

    public boolean holds(LocalDate day, String band) {
        return !day.isBefore(from) && !day.isAfter(until) && (bands.isEmpty() || bands.contains(band));
    }

    /** Whether a band would have two of them on one day. */
    public boolean meets(SpecialAfternoon other) {
        boolean bandsMeet = bands.isEmpty() || other.bands.isEmpty() || bands.stream().anyMatch(other.bands::contains);
        return bandsMeet && !from.isAfter(other.until) && !other.from.isAfter(until);
    }

    /** The time that a slot keeps on such a day; empty where it doesn't ring at all. */
    Optional<TimeSpan> moved(TimeSpan usual) {
        @Nullable LocalTime start = moved(usual.from());
        @Nullable LocalTime end = moved(usual.until());
        if (start == null || end == null) return Optional.empty();
        if (ends != null && end.isAfter(ends)) end = ends;
        return start.isBefore(end) ? Optional.of(new TimeSpan(start, end)) : Optional.empty();
    }

    /** When a wave leaves on such a day: nobody waits for it after the afternoon has ended. */
    LocalTime leaving(LocalTime usual) {
        @Nullable LocalTime moved = moved(usual);
        LocalTime at = moved == null ? usual : moved;
        return ends != null && at.isAfter(ends) ? ends : at;
    }

    /** Null where it would fall on another day. */
    private @Nullable LocalTime moved(LocalTime usual) {
        int minute = usual.toSecondOfDay() / 60 + shift;
        return minute < 0 || minute >= 24 * 60 ? null : LocalTime.ofSecondOfDay(minute * 60L);
    }
}
