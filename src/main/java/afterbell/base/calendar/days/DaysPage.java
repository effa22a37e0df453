package afterbell.base.calendar.days;

import afterbell.base.calendar.Closure;
import afterbell.base.calendar.MonthPicture;
import afterbell.base.calendar.SchoolDays.Opening;
import afterbell.base.calendar.SchoolDays.OwnDay;
import afterbell.base.calendar.SpecialAfternoon;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.calendar.TermStore.Row;
import afterbell.base.shared.Refusal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * The days of a term and what changes them.
 *
 * @param typed the form that was refused, told apart by {@link DaysForm#kind}; empty otherwise
 */
public record DaysPage(
        TermCalendar calendar,
        List<MonthPicture> months,
        LocalDate today,
        List<Row<Closure>> closures,
        Map<LocalDate, OwnDay> ownDays,
        List<Row<Opening>> openings,
        List<Row<SpecialAfternoon>> specials,
        DaysForm typed,
        List<? extends Refusal> refusals) {

    public DaysForm form(String kind) {
        return typed.kind().equals(kind) ? typed : DaysForm.EMPTY;
    }

    public List<? extends Refusal> refusals(String kind) {
        return typed.kind().equals(kind) ? refusals : List.of();
    }
}
