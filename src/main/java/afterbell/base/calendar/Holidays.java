package afterbell.base.calendar;

import afterbell.base.calendar.HolidayYear.Off;
import afterbell.base.calendar.HolidayYear.Worked;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The holidays of several years. A year that nobody has entered has weekends only and counts as unconfirmed. */
public final class Holidays {
    private final Map<LocalDate, Off> off = new HashMap<>();
    private final Map<LocalDate, Worked> worked = new HashMap<>();
    private final Map<Integer, HolidayYear> years = new HashMap<>();

    public Holidays(Collection<HolidayYear> all) {
        for (HolidayYear year : all) {
            years.put(year.year(), year);
            for (Off o : year.off()) o.from().datesUntil(o.until().plusDays(1)).forEach(day -> off.put(day, o));
            for (Worked w : year.worked()) worked.put(w.day(), w);
        }
    }

    public Optional<Off> off(LocalDate day) {
        return Optional.ofNullable(off.get(day));
    }

    public Optional<Worked> worked(LocalDate day) {
        return Optional.ofNullable(worked.get(day));
    }

    public boolean isConfirmed(int year) {
        HolidayYear known = years.get(year);
        return known != null && known.confirmed();
    }

    /** A statutory working day: Monday to Friday unless off, and the weekend days worked instead. Fees count these (R115), not the school's days. */
    public boolean isWorkday(LocalDate day) {
        return worked.containsKey(day) || !off.containsKey(day) && !isWeekend(day);
    }

    public int workdays(YearMonth month) {
        return (int) month.atDay(1).datesUntil(month.atEndOfMonth().plusDays(1)).filter(this::isWorkday).count();
    }

    public static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek().getValue() > 5;
    }
}
