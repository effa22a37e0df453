package afterbell.base.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * A term from its first teaching day to its last day of school.
 *
 * <p>Week 1 is the Monday-to-Sunday week of the first teaching day; a term that opens on a Wednesday has a short week 1 (R24: the source plans start the
 * service on the Monday after).
 */
public record TermDates(LocalDate first, LocalDate last) {

    public TermDates {
        if (last.isBefore(first)) throw new IllegalArgumentException("a term must not end before it starts");
        if (first.plusDays(366).isBefore(last)) throw new IllegalArgumentException("a term of more than a year");
    }

    public int week(LocalDate day) {
        return 1 + (int) Math.floorDiv(ChronoUnit.DAYS.between(mondayOfWeek(1), day), 7L);
    }

    public int weeks() {
        return week(last);
    }

    public LocalDate mondayOfWeek(int week) {
        return first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).plusWeeks(week - 1L);
    }

    public boolean contains(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }
}
