package afterbell.base.calendar;

import afterbell.base.rules.Bilingual;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All days of a term, and the days of holiday care around it. */
public final class SchoolDays {
    private final TermDates term;
    private final TreeMap<LocalDate, SchoolDay> days = new TreeMap<>();

    /**
     * The school's own word about one day, which comes before the published holidays.
     *
     * @param teaches whether there are lessons
     * @param follows whose timetable they take
     */
    public record OwnDay(boolean teaches, DayOfWeek follows, String reason) {}

    /** Days outside the term (or weekends in it) on which the campus opens for holiday care (R19, R145). */
    public record Opening(LocalDate from, LocalDate until, Set<DayOfWeek> weekdays, String name) {
        public Opening {
            weekdays = Set.copyOf(weekdays);
        }

        boolean opens(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(until) && weekdays.contains(day.getDayOfWeek());
        }
    }

    public SchoolDays(TermDates term, Holidays holidays, Map<LocalDate, OwnDay> own, List<Opening> openings) {
        this.term = term;
        term.first().datesUntil(term.last().plusDays(1)).forEach(day -> days.put(day, day(day, holidays, own)));
        for (Opening opening : openings)
            opening.from().datesUntil(opening.until().plusDays(1)).filter(opening::opens).forEach(day -> {
                SchoolDay known = days.get(day);
                if (known != null ? known.kind().isTeaching() : holidays.off(day).isPresent()) return;
                days.put(day, new SchoolDay(day, term.week(day), DayKind.HOLIDAY_OPENING, day.getDayOfWeek(), new Bilingual(opening.name(), opening.name()), holidays.isConfirmed(day.getYear())));
            });
    }

    private SchoolDay day(LocalDate day, Holidays holidays, Map<LocalDate, OwnDay> own) {
        boolean confirmed = holidays.isConfirmed(day.getYear());
        DayOfWeek itself = day.getDayOfWeek();
        OwnDay word = own.get(day);
        boolean weekend = Holidays.isWeekend(day);
        if (word != null) {
            DayKind kind = word.teaches() ? (weekend ? DayKind.SWAPPED : DayKind.TEACHING) : (weekend ? DayKind.WEEKEND : DayKind.SCHOOL_FREE);
            return new SchoolDay(day, term.week(day), kind, word.teaches() ? word.follows() : itself, new Bilingual(word.reason(), word.reason()), true);
        }
        Optional<HolidayYear.Worked> worked = holidays.worked(day);
        if (worked.isPresent())
            return new SchoolDay(day, term.week(day), DayKind.SWAPPED, worked.get().follows().getDayOfWeek(), worked.get().name(), confirmed);
        Optional<HolidayYear.Off> off = holidays.off(day);
        if (off.isPresent()) return new SchoolDay(day, term.week(day), DayKind.HOLIDAY, itself, off.get().name(), confirmed);
        return new SchoolDay(day, term.week(day), weekend ? DayKind.WEEKEND : DayKind.TEACHING, itself, Bilingual.NONE, confirmed);
    }

    public TermDates term() {
        return term;
    }

    public List<SchoolDay> all() {
        return List.copyOf(days.values());
    }

    public Optional<SchoolDay> on(LocalDate day) {
        return Optional.ofNullable(days.get(day));
    }

    public List<SchoolDay> teaching() {
        return days.values().stream().filter(d -> d.kind().isTeaching()).toList();
    }

    /** The first teaching day on or after the given one; the start of a service that would fall on a holiday moves there. */
    public Optional<LocalDate> teachingFrom(LocalDate day) {
        return days.tailMap(day, true).values().stream().filter(d -> d.kind().isTeaching()).map(SchoolDay::date).findFirst();
    }

    /** Runs of days of one kind, for a picture of the term. */
    public List<List<SchoolDay>> byWeek() {
        Map<Integer, List<SchoolDay>> weeks = new TreeMap<>();
        days.values().forEach(d -> weeks.computeIfAbsent(d.week(), w -> new ArrayList<>()).add(d));
        return List.copyOf(weeks.values());
    }
}
