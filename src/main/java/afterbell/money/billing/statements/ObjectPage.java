package afterbell.money.billing.statements;

import afterbell.base.roster.Pupil;
import afterbell.base.shared.Refusal;
import afterbell.money.billing.Statements.Charged;
import afterbell.money.billing.reckoning.DayMark;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a family finds wrong with one bill.
 *
 * @param until last day to say so
 * @param day as chosen, {@code about} as chosen; empty at first
 */
public record ObjectPage(Pupil child, Charged charged, LocalDate until, String day, String about, List<Refusal> refusals) {
    public ObjectPage {
        refusals = List.copyOf(refusals);
    }

    public String back() {
        return "/children/" + child.id() + "/bill";
    }

    public String action() {
        return back() + "/objections/" + charged.id();
    }

    /** Days of the bill and what each counts as. */
    public Map<LocalDate, DayMark> days() {
        Map<LocalDate, DayMark> days = new TreeMap<>();
        charged.days().forEach(d -> {
            for (int i = 0; i < d.days().size(); i++) days.putIfAbsent(d.days().get(i), d.marks().get(i));
        });
        return days;
    }
}
