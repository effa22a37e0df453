package afterbell.base.calendar.holidays;

import afterbell.base.calendar.HolidayShelf.Shelved;
import afterbell.base.calendar.MonthPicture.Look;
import afterbell.base.calendar.MonthPicture;
import afterbell.base.rules.Bilingual;
import afterbell.base.shared.Refusal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The holiday files of a bureau's region. */
public record HolidayPage(List<Shelved> years, int next, String region) {

    /**
     * One year in the editor.
     *
     * @param now what holds at the moment; null for a year that nobody has entered
     * @param own whether this bureau's file holds
     * @param form what stands in the rows
     * @param text the same as a file
     * @param months the year as it holds, or as it would after saving
     * @param preview what saving would change; null before somebody asks
     */
    public record Edit(int year, @Nullable Shelved now, boolean own, YearForm form, String text, List<MonthPicture> months, @Nullable Preview preview, List<? extends Refusal> refusals) {}

    /**
     * What saving would change.
     *
     * @param days that would change for the schools
     * @param workdaysBefore statutory working days of the year: fees count them
     * @param schools of this bureau that follow
     */
    public record Preview(List<Change> days, int workdaysBefore, int workdaysAfter, int schools, boolean confirmedBefore, boolean confirmedAfter) {}

    /** A day before and after: a holiday, a day worked instead, a weekend or a working day. */
    public record Change(LocalDate day, Look before, Look after, Bilingual name) {}
}
