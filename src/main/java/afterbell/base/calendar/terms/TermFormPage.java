package afterbell.base.calendar.terms;

import afterbell.base.calendar.Term;
import afterbell.base.shared.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param id null for a new term
 * @param others terms whose bells can be taken over
 */
public record TermFormPage(@Nullable String id, TermForm typed, List<Term> others, List<? extends Refusal> refusals) {
    public String action() {
        return id == null ? "/calendar/terms" : "/calendar/terms/" + id;
    }
}
