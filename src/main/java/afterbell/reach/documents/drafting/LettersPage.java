package afterbell.reach.documents.drafting;

import afterbell.base.calendar.Term;
import afterbell.reach.documents.Letter;
import afterbell.reach.documents.LetterKind;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The letters of a term.
 *
 * @param term the term shown; null where the school has none
 * @param missing kinds of which the term has no letter yet
 */
public record LettersPage(@Nullable Term term, List<Term> terms, List<Row> rows, List<LetterKind> missing) {

    /** @param title empty for a draft, whose title still has open fields */
    public record Row(UUID id, String title, LetterKind kind, Letter.State state, int children, int answered) {
        public String href() {
            return "/office/letters/" + id;
        }
    }
}
