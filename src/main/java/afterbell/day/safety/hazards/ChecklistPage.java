package afterbell.day.safety.hazards;

import afterbell.base.shared.Refusal;
import afterbell.day.safety.Check;
import java.util.List;

public record ChecklistPage(Check check, String every, String mend, String items, List<? extends Refusal> refusals) {}
