package afterbell.day.safety.incidents;

import afterbell.base.shared.Refusal;
import afterbell.day.safety.Plan;
import java.util.List;

/** @param steps minute | who | what, a line each @param calls name | number, a line each */
public record PlanPage(Plan plan, String steps, String calls, String title, String text, boolean headcount, List<? extends Refusal> refusals) {}
