package afterbell.term.timetable.weeks;

import afterbell.term.timetable.Objections;
import afterbell.term.timetable.Session;
import afterbell.term.timetable.Timetables;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One week of a child, a member of staff or a room.
 *
 * @param periods names of the periods, in order
 * @param days Monday to the last day with anything
 * @param meetings the week as the plan has it, where the term has no dated sessions yet
 * @param sessions the dated week of a person of staff or a room, in order
 * @param dates which week of the calendar is shown; null where the term has no dated sessions yet
 * @param feed the secret address just made, shown once; null otherwise
 * @param feedAction where a feed is asked for; empty where none is offered
 * @param more weeks of classes and rooms
 * @param people weeks of the staff, for whoever runs the afternoon
 * @param objecting null where the reader may not object
 */
public record WeekPage(
        String title,
        String lead,
        String back,
        List<String> periods,
        List<Day> days,
        List<Timetables.Meeting> meetings,
        List<Session> sessions,
        @Nullable Dates dates,
        String feedAction,
        @Nullable String feed,
        List<Link> more,
        List<Link> people,
        List<Link> tools,
        @Nullable Objecting objecting) {

    /** @param date null in a week without dates; @param off the name of the day without service, or empty */
    public record Day(int weekday, @Nullable LocalDate date, boolean today, String off, List<Cell> cells) {}

    /** @param kind club, own, home, none, or changed: not as planned, then the note says what instead */
    public record Cell(String kind, String title, String note, Session.@Nullable State state, @Nullable LocalDate moved, boolean toOwn) {
        static Cell of(String kind, String title, String note) {
            return new Cell(kind, title, note, null, null, false);
        }
    }

    public record Link(String href, String labelKey, String fact) {}

    /**
     * The week shown and those beside it.
     *
     * @param week of the term, from 1
     * @param before null where the term begins
     * @param after null where it ends
     * @param changes what takes place otherwise than planned
     */
    public record Dates(LocalDate monday, int week, String path, @Nullable LocalDate before, @Nullable LocalDate after, List<Session> changes) {}

    /**
     * The days in which the result may be objected to.
     *
     * @param action where the form goes
     * @param until null where the result stands without them
     */
    public record Objecting(String action, boolean open, @Nullable Instant until, List<Objections.Objection> mine) {}

    /**
     * A week of one of the staff on A4.
     *
     * @param href of the page it belongs to
     * @param asked a day of the week, null for the present one
     */
    public record OnPaper(String href, @Nullable LocalDate asked, WeekPage week, String school) {
        public String query() {
            return asked == null ? "" : "?week=" + asked;
        }
    }

    /** A class's week: a row per child. */
    public record OfClass(UUID id, String name, List<Integer> weekdays, List<Row> rows, String school, List<Session> changes) {}

    /** @param cells one text per weekday: where to, in words; empty = home */
    public record Row(String name, List<Stop> cells) {}

    /** @param own true for own class all the time */
    public record Stop(List<String> where, boolean own) {}
}
