package afterbell.day.safety.hazards;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Typed;
import java.time.LocalDate;
import java.util.List;

public record NewHazardPage(List<Choice> people, LocalDate today, Typed typed, List<? extends Refusal> refusals) {}
