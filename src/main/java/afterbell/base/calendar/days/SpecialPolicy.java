package afterbell.base.calendar.days;

import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.SchoolDay;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SpecialAfternoon;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.shared.Refusal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Whether an afternoon can be as special as somebody wishes. Pure. */
final class SpecialPolicy {
    private SpecialPolicy() {}

    /** The first thing that stands against it: it changes nothing, or it would ring two bells of a band at once. */
    static Optional<Refusal> refused(TermCalendar calendar, SpecialAfternoon special) {
        boolean changes = false;
        for (LocalDate date : special.from().datesUntil(special.until().plusDays(1)).toList()) {
            Optional<SchoolDay> day = calendar.days().on(date);
            if (day.isEmpty()) continue;
            for (GradeBand band : calendar.bells().bands()) {
                if (!special.holds(date, band.code())) continue;
                List<Slot> usual = calendar.bells().slots(band.code(), day.get(), calendar.closures());
                List<Slot> moved = calendar.bells().slots(band.code(), day.get(), calendar.closures(), List.of(special));
                changes |= !usual.equals(moved);
                Optional<List<Slot>> clash = BellGrid.firstClash(moved);
                if (clash.isPresent())
                    return Optional.of(new DayRefused.Said("calendar.specials.clash", "minutes", List.of(clash.get().getFirst().code(), clash.get().getLast().code(), band.name().zh())));
            }
        }
        return changes ? Optional.empty() : Optional.of(new DayRefused.Field("calendar.specials.no_service", "from"));
    }
}
