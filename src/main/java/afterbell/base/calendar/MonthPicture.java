package afterbell.base.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The months of a term as people hang them on a wall: weeks from Monday, each day with what it is. */
public record MonthPicture(YearMonth month, List<List<@Nullable Day>> weeks) {

    /** How a day looks. */
    public enum Look {
        OUTSIDE,
        SERVICE,
        TEACHING,
        WORKDAY,
        SWAPPED,
        HOLIDAY,
        FREE,
        WEEKEND,
        CLOSED,
        OPENING
    }

    /**
     * @param day null for a day outside the term
     * @param starts of basic service or clubs that day, as a message key, or empty
     */
    public record Day(LocalDate date, Look look, @Nullable SchoolDay day, String starts, boolean today) {}

    /** All months from registration to the last day or opening. */
    public static List<MonthPicture> of(TermCalendar calendar, LocalDate today) {
        Map<LocalDate, Day> days = new HashMap<>();
        Set<LocalDate> served = served(calendar);
        for (SchoolDay day : calendar.days().all()) days.put(day.date(), new Day(day.date(), look(day, served, calendar.closures()), day, starts(calendar, day.date()), day.date().equals(today)));
        List<LocalDate> dates = calendar.days().all().stream().map(SchoolDay::date).toList();
        List<MonthPicture> months = new ArrayList<>();
        YearMonth last = YearMonth.from(dates.getLast());
        for (YearMonth month = YearMonth.from(dates.getFirst()); !month.isAfter(last); month = month.plusMonths(1)) months.add(month(month, days, today));
        return months;
    }

    /** The twelve months of a calendar year with its public holidays alone, as no school has changed them yet. */
    public static List<MonthPicture> of(HolidayYear year, LocalDate today) {
        Holidays holidays = new Holidays(List.of(year));
        Map<LocalDate, Day> days = new HashMap<>();
        LocalDate first = LocalDate.of(year.year(), 1, 1);
        first.datesUntil(first.plusYears(1)).forEach(day -> days.put(day, new Day(day, look(holidays, day), named(holidays, year, day), "", day.equals(today))));
        return Stream.of(Month.values()).map(m -> month(YearMonth.of(year.year(), m), days, today)).toList();
    }

    private static Look look(Holidays holidays, LocalDate day) {
        if (holidays.worked(day).isPresent()) return Look.SWAPPED;
        if (holidays.off(day).isPresent()) return Look.HOLIDAY;
        return Holidays.isWeekend(day) ? Look.WEEKEND : Look.WORKDAY;
    }

    private static @Nullable SchoolDay named(Holidays holidays, HolidayYear year, LocalDate day) {
        return holidays.worked(day)
                .map(w -> new SchoolDay(day, 0, DayKind.SWAPPED, w.follows().getDayOfWeek(), w.name(), year.confirmed()))
                .or(() -> holidays.off(day).map(o -> new SchoolDay(day, 0, DayKind.HOLIDAY, day.getDayOfWeek(), o.name(), year.confirmed())))
                .orElse(null);
    }

    private static Set<LocalDate> served(TermCalendar calendar) {
        Set<LocalDate> served = new HashSet<>();
        for (GradeBand band : calendar.bells().bands()) served.addAll(calendar.serviceDays(band.code(), Set.of()));
        return served;
    }

    private static Look look(SchoolDay day, Set<LocalDate> served, List<Closure> closures) {
        boolean closed = closures.stream().anyMatch(c -> !day.date().isBefore(c.from()) && !day.date().isAfter(c.until()));
        return switch (day.kind()) {
            case HOLIDAY -> Look.HOLIDAY;
            case SCHOOL_FREE -> Look.FREE;
            case HOLIDAY_OPENING -> Look.OPENING;
            case WEEKEND -> served.contains(day.date()) ? Look.SERVICE : Look.WEEKEND;
            case TEACHING -> closed ? Look.CLOSED : served.contains(day.date()) ? Look.SERVICE : Look.TEACHING;
            case SWAPPED -> closed ? Look.CLOSED : Look.SWAPPED;
        };
    }

    private static String starts(TermCalendar calendar, LocalDate day) {
        if (day.equals(calendar.basicFrom())) return "calendar.picture.basic";
        return day.equals(calendar.clubsFrom()) ? "calendar.picture.clubs" : "";
    }

    private static MonthPicture month(YearMonth month, Map<LocalDate, Day> days, LocalDate today) {
        List<List<@Nullable Day>> weeks = new ArrayList<>();
        LocalDate monday = month.atDay(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        for (LocalDate start = monday; !start.isAfter(month.atEndOfMonth()); start = start.plusWeeks(1)) {
            List<@Nullable Day> week = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                LocalDate date = start.plusDays(i);
                week.add(!YearMonth.from(date).equals(month) ? null : days.getOrDefault(date, new Day(date, Look.OUTSIDE, null, "", date.equals(today))));
            }
            weeks.add(week);
        }
        return new MonthPicture(month, weeks);
    }
}
