package afterbell.term.placement;

import afterbell.base.calendar.Term;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/**
 * From which day a change of seats counts. Changes count from a Monday on: the one who leaves stays until the Sunday before, and the one who comes begins
 * on the Monday, so that a section never holds two children for one seat on any day.
 *
 * @param until the last day of a seat given back today
 * @param from the first day of a seat taken today
 * @param mayChange whether a family may still add and swap by itself (weeks 2-3 of the clubs, R60)
 * @param changeUntil the last day of that
 * @param open whether the term still runs
 */
public record SeatDays(LocalDate until, LocalDate from, boolean mayChange, LocalDate changeUntil, boolean open) {

    public static SeatDays of(Term term, LocalDate today) {
        return of(term, today, null);
    }

    /** @param published the day on which the draw was published: who reads a late result has as many weeks to change */
    public static SeatDays of(Term term, LocalDate today, @Nullable LocalDate published) {
        LocalDate clubs = term.dates().mondayOfWeek(term.clubsWeek());
        LocalDate monday = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        LocalDate byTerm = term.dates().mondayOfWeek(term.clubsWeek() + 1 + term.addDropWeeks()).minusDays(1);
        LocalDate byResult = published == null ? byTerm : published.plusWeeks(term.addDropWeeks());
        LocalDate changeUntil = byResult.isAfter(byTerm) ? byResult : byTerm;
        LocalDate from = monday.isAfter(clubs) ? monday : clubs;
        return new SeatDays(from.minusDays(1), from, !today.isAfter(changeUntil), changeUntil, !from.isAfter(term.dates().last()));
    }
}
