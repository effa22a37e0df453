package afterbell.base.calendar.bells;

import afterbell.base.calendar.Term;
import afterbell.base.shared.Refusal;
import java.util.List;

/** The bells of a term as a table to fill in. */
public record BellPage(Term term, BellForm form, List<? extends Refusal> refusals) {}
