package afterbell.term.programme.survey;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The survey as a family sees it.
 *
 * @param ticked item ids as typed or saved
 * @param answered whether an answer is kept
 */
public record TickPage(UUID child, String name, boolean open, LocalDate closesOn, List<Choice> items, Set<String> ticked, String missing, boolean answered, List<Refusal> refusals) {}
