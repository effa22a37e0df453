package afterbell.term.programme.survey;

import afterbell.base.calendar.Term;
import afterbell.base.shared.Refusal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The survey as the office sees it: to be asked, or with its result.
 *
 * @param asked null while nothing is asked
 * @param typed one course per line, to begin with: last term's menu or the reference list
 * @param closesOn as typed
 */
public record SurveyPage(@Nullable Term term, @Nullable Result asked, boolean edits, String typed, String closesOn, List<Refusal> refusals) {

    /** @param missed what families missed in the list */
    public record Result(UUID id, boolean open, LocalDate closesOn, int answered, int pupils, List<Line> lines, List<String> missed) {}

    /** @param places on the present menu, of all grades; 0 where the menu has none of it */
    public record Line(String name, int children, int places) {}
}
