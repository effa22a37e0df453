package afterbell.term.timetable.objecting;

import afterbell.base.shared.Refusal;
import afterbell.term.timetable.Objections;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All objections of the term, and what was corrected since the result was published.
 *
 * @param until end of the objection days; null where nothing is published
 */
public record ObjectionsPage(
        @Nullable Instant until, boolean open, boolean mayAnswer, List<Objections.Objection> objections, List<Objections.Correction> corrections, List<? extends Refusal> refusals) {
    public List<Objections.Objection> waiting() {
        return objections.stream().filter(o -> o.answer() == null).toList();
    }

    public List<Objections.Objection> answered() {
        return objections.stream().filter(o -> o.answer() != null).toList();
    }
}
