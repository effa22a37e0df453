package afterbell.term.programme.grid;

import afterbell.base.calendar.Term;
import afterbell.term.programme.CellPolicy.Content;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The plan as tables, one for each group of grades with the same week.
 *
 * @param term null where the school has no term yet
 * @param edits whether the reader may change it
 */
public record GridPage(@Nullable Term term, boolean edits, @Nullable Instant publishedAt, boolean empty, List<Table> tables) {

    /** @param name the band's word, shown where it names more than the grades do */
    public record Table(int gradeFrom, int gradeUntil, String name, List<Integer> weekdays, List<Row> rows) {}

    /** One slot across the week. */
    public record Row(LocalTime from, LocalTime until, String serviceClass, boolean period, List<Span> spans) {}

    /**
     * Neighbouring weekdays with the same contents.
     *
     * @param slot the first day's slot, null where the days have none
     * @param hours whether these days ring at other times than the row
     */
    public record Span(int fromDay, int untilDay, @Nullable UUID slot, LocalTime from, LocalTime until, boolean hours, List<Content> contents) {
        public int days() {
            return untilDay - fromDay + 1;
        }

        public boolean holds(int weekday) {
            return fromDay <= weekday && weekday <= untilDay;
        }
    }
}
