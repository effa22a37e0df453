package afterbell.base.calendar;

import afterbell.base.rules.ServiceClass;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything about a term's time at once; the answers are pure. */
public record TermCalendar(Term term, BellGrid bells, SchoolDays days, List<Closure> closures, List<SpecialAfternoon> specials) {

    public TermCalendar {
        closures = List.copyOf(closures);
        specials = List.copyOf(specials);
    }

    /** Bells of a band on a day; none on a day without service. */
    public List<Slot> slotsOn(String band, LocalDate day) {
        return days.on(day).map(d -> bells.slots(band, d, closures, specials)).orElse(List.of());
    }

    /** The afternoon of a day for all bands; empty where the day is neither in the term nor opened for holiday care. */
    public Optional<SchoolAfternoon> afternoon(LocalDate day) {
        return days.on(day).map(d -> new SchoolAfternoon(
                term, d, bells.bands().stream().map(b -> new SchoolAfternoon.OfBand(b, bells.slots(b.code(), d, closures, specials), bells.waves(b.code(), d, specials))).toList()));
    }

    /** Days on which a band has at least one period of the services named (all, where none is). */
    public List<LocalDate> serviceDays(String band, Set<ServiceClass> services) {
        return bells.serviceDays(band, days, closures, specials, services);
    }

    /** The first service day of basic service, or the start of its week where there is none. */
    public LocalDate basicFrom() {
        return days.teachingFrom(max(term.dates().first(), term.dates().mondayOfWeek(term.serviceWeek()))).orElse(term.dates().last());
    }

    public LocalDate clubsFrom() {
        return days.teachingFrom(max(term.dates().first(), term.dates().mondayOfWeek(term.clubsWeek()))).orElse(term.dates().last());
    }

    /** Last day of adding and dropping clubs. */
    public LocalDate addDropUntil() {
        LocalDate last = clubsFrom().plusWeeks(term.addDropWeeks()).minusDays(1);
        return last.isAfter(term.dates().last()) ? term.dates().last() : last;
    }

    private static LocalDate max(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }
}
