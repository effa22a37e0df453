package afterbell.base.calendar;

import afterbell.base.rules.Rules;
import afterbell.base.rules.ServiceClass;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A school's terms, days and bells for other rooms. Reads inside the caller's scope. */
@Component
@Transactional(readOnly = true)
public class Calendars {
    private final TermStore terms;
    private final HolidayShelf holidays;
    private final Rules rules;

    Calendars(TermStore terms, HolidayShelf holidays, Rules rules) {
        this.terms = terms;
        this.holidays = holidays;
        this.rules = rules;
    }

    /** A term with its bells, days and closures; cheaper than asking for them one by one. */
    public TermCalendar of(UUID school, UUID term) {
        TermStore.Times times = terms.times(school, term);
        TermStore.Days days = times.days();
        return new TermCalendar(times.term(), times.bells(), new SchoolDays(times.term().dates(), holidays(school), days.own(), days.openings()), days.closures(), days.specials());
    }

    public TermCalendar of(UUID school, Term term) {
        return of(school, term.id());
    }

    /** All terms, the latest first. */
    public List<Term> terms(UUID school) {
        return terms.all(school).stream().sorted(Comparator.comparing((Term t) -> t.dates().first()).reversed()).toList();
    }

    /** Refuses with {@code NotFound} what is no term of the school. */
    public Term term(UUID school, UUID term) {
        return terms.get(school, term);
    }

    /** The term of a day: the one that contains it, else the next one, else the last. */
    public Optional<Term> termAt(UUID school, LocalDate day) {
        return at(terms.all(school), day);
    }

    /** The same among terms already read. */
    public static Optional<Term> at(List<Term> terms, LocalDate day) {
        List<Term> all = terms.stream().sorted(Comparator.comparing((Term t) -> t.dates().first())).toList();
        return all.stream().filter(t -> !t.dates().last().isBefore(day)).findFirst().or(() -> all.reversed().stream().findFirst());
    }

    /** Bands, slots and waves of a term. */
    public BellGrid bells(UUID school, UUID term) {
        return terms.times(school, term).bells();
    }

    /** The slot with this id; empty where the bells no longer have it. */
    public Optional<Slot> slot(UUID school, UUID term, UUID slot) {
        return bells(school, term).slot(slot);
    }

    /** Slots of a band on a weekday in order of time; none for an unknown band. */
    public List<Slot> slots(UUID school, UUID term, String band, DayOfWeek day) {
        return bells(school, term).slots(band, day);
    }

    /** Slots of a grade on a weekday in order of time; none where the grade stands in no band. */
    public List<Slot> slots(UUID school, UUID term, int grade, DayOfWeek day) {
        BellGrid bells = bells(school, term);
        return bells.bandOf(grade).map(band -> bells.slots(band.code(), day)).orElse(List.of());
    }

    /** Each day of a term with its kind and whose bells ring; openings for holiday care included. */
    public SchoolDays days(UUID school, UUID term) {
        return of(school, term).days();
    }

    public List<Closure> closures(UUID school) {
        return terms.closures(school);
    }

    /** Days on which a band has at least one period of the services named (all, where none is). R27: teaching days minus closures. */
    public List<LocalDate> serviceDays(UUID school, UUID term, String band, Set<ServiceClass> services) {
        return of(school, term).serviceDays(band, services);
    }

    /** A day after lessons as its bells really ring, for all grades; empty on a day that no term of the school knows. Four statements. */
    public Optional<SchoolAfternoon> afternoon(UUID school, LocalDate day) {
        List<Term> all = terms.all(school);
        return at(all, day).flatMap(t -> of(school, t).afternoon(day)).or(() -> all.stream()
                .filter(t -> terms.opens(school, t.id(), day, day))
                .findFirst()
                .flatMap(t -> of(school, t).afternoon(day)));
    }

    /** Bells of a band on one day; empty on a day without service. */
    public List<Slot> slotsOn(UUID school, UUID term, String band, LocalDate day) {
        return of(school, term).slotsOn(band, day);
    }

    /** Statutory workdays of a month (R115); not the school's days. */
    public int workdays(UUID school, YearMonth month) {
        return holidays(school).workdays(month);
    }

    public Holidays holidays(UUID school) {
        return holidays.holidays(rules.situation(school, LocalDate.EPOCH).region());
    }
}
