package afterbell.day.safety.visiting;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import java.util.List;

public record NewVisitPage(VisitForm typed, List<Choice> hosts, List<? extends Refusal> refusals) {}
