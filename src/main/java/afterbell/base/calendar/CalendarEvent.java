package afterbell.base.calendar;

import java.time.LocalDate;
import java.util.UUID;

/** What happened to a school's days; families are told of each change (R144). Ids and dates only. */
public sealed interface CalendarEvent {
    UUID school();

    /** Service will not take place. */
    record ClosureAdded(UUID school, UUID closure, LocalDate from, LocalDate until) implements CalendarEvent {}

    /** A closure was taken back: service takes place after all. */
    record ClosureRemoved(UUID school, UUID closure, LocalDate from, LocalDate until) implements CalendarEvent {}

    /** The bells of these days ring at other times (R26). */
    record AfternoonMoved(UUID school, UUID special, LocalDate from, LocalDate until) implements CalendarEvent {}

    /** The bells of these days ring as ever again. */
    record AfternoonRestored(UUID school, UUID special, LocalDate from, LocalDate until) implements CalendarEvent {}

    /** A day became free, or took another weekday's timetable. */
    record DayChanged(UUID school, LocalDate day) implements CalendarEvent {}
}
