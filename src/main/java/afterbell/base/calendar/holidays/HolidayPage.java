package afterbell.base.calendar.holidays;

import afterbell.base.calendar.HolidayShelf.Shelved;
import afterbell.base.shared.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The holiday files of a bureau's region. */
public record HolidayPage(List<Shelved> years, int next, String region) {

    /**
     * One year in the editor.
     *
     * @param now what holds at the moment; null for a year that nobody has entered
     * @param own whether this bureau's file holds
     */
    public record Edit(int year, @Nullable Shelved now, boolean own, String text, List<? extends Refusal> refusals) {}
}
