package afterbell.base.calendar;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A term of a school.
 *
 * @param startYear calendar year in which the school year begins
 * @param half 1 in autumn, 2 in spring
 * @param registration day on which families come with the form; null = the Sunday before lessons
 * @param serviceWeek week in which the basic service starts (R24)
 * @param clubsWeek week in which clubs start
 * @param addDropWeeks weeks in which clubs may be added and dropped
 */
public record Term(UUID id, int startYear, int half, TermDates dates, @Nullable LocalDate registration, int serviceWeek, int clubsWeek, int addDropWeeks) {

    /** Message key of its name; filled with {@link #startYear} and the next year. */
    public String nameKey() {
        return "calendar.term." + half;
    }

    public Object[] nameFacts() {
        return new Object[] {Integer.toString(startYear), Integer.toString(startYear + 1)};
    }
}
