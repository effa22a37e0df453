package afterbell.base.calendar;

import afterbell.base.rules.Bilingual;
import java.time.LocalDate;
import java.util.List;

/**
 * The public holidays of one calendar year, as the State Council's office publishes them each autumn.
 *
 * @param confirmed false as long as only the days fixed by law are known
 */
public record HolidayYear(int year, boolean confirmed, Bilingual source, List<Off> off, List<Worked> worked, String file) {

    public HolidayYear {
        off = List.copyOf(off);
        worked = List.copyOf(worked);
    }

    public record Off(Bilingual name, LocalDate from, LocalDate until) {
        public boolean covers(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(until);
        }
    }

    /**
     * A weekend day that is worked.
     *
     * @param follows the day off for which it is worked, whose timetable schools usually take; a school may choose another
     */
    public record Worked(Bilingual name, LocalDate day, LocalDate follows) {}
}
