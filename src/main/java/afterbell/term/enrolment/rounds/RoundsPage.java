package afterbell.term.enrolment.rounds;

import afterbell.base.shared.Refusal;
import afterbell.term.enrolment.Round;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** All rounds of a school, and the form for the next one. */
public record RoundsPage(List<Round> rounds, List<TermChoice> terms, UUID term, RoundForm form, Instant now, boolean mayChange, List<? extends Refusal> refusals) {

    public record TermChoice(UUID id, String nameKey, List<Object> facts) {}
}
