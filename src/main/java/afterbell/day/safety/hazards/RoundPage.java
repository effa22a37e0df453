package afterbell.day.safety.hazards;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Typed;
import afterbell.day.safety.Check;
import java.time.LocalDate;
import java.util.List;

/** @param typed the form as it was sent, empty at first */
public record RoundPage(Check check, LocalDate due, List<Choice> people, Typed typed, List<? extends Refusal> refusals) {}
