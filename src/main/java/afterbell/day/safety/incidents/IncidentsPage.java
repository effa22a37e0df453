package afterbell.day.safety.incidents;

import afterbell.base.shared.Refusal;
import afterbell.day.safety.Incident;
import afterbell.day.safety.Plan;
import java.time.LocalDate;
import java.util.List;

/** @param leads whether the person leads incidents @param writes whether the person may change the school's plans @param accidents incidents of the year's days with somebody hurt; drills don't count */
public record IncidentsPage(List<Plan> plans, List<Row> open, List<Row> past, boolean leads, boolean writes, long accidents, LocalDate since, List<? extends Refusal> refusals) {
    public record Row(Incident incident, Plan plan, String by) {}
}
