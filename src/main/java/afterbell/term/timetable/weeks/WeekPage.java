package afterbell.term.timetable.weeks;

import afterbell.term.timetable.Timetables;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One week of a child, a member of staff or a room.
 *
 * @param periods names of the periods, in order
 * @param days Monday to the last day with anything
 * @param feed the secret address just made, shown once; null otherwise
 * @param feedAction where a feed is asked for; empty where none is offered
 */
public record WeekPage(
        String title, String lead, String back, List<String> periods, List<Day> days, List<Timetables.Meeting> meetings, String feedAction, @Nullable String feed, List<Link> more) {

    public record Day(int weekday, List<Cell> cells) {}

    /** @param kind club, own, home or none */
    public record Cell(String kind, String title, String note) {}

    public record Link(String href, String labelKey, String fact) {}

    /** A class's week: a row per child. */
    public record OfClass(UUID id, String name, List<Integer> weekdays, List<Row> rows, String school) {}

    /** @param cells one text per weekday: where to, in words; empty = home */
    public record Row(String name, List<Stop> cells) {}

    /** @param own true for own class all the time */
    public record Stop(List<String> where, boolean own) {}
}
