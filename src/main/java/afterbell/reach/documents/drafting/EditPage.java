package afterbell.reach.documents.drafting;

import afterbell.base.shared.Refusal;
import afterbell.reach.documents.Letter;
import afterbell.reach.documents.LetterFields;
import afterbell.reach.documents.LetterText;
import java.util.List;
import java.util.Set;

/**
 * The editor of a letter.
 *
 * @param answerBy as the field types it, yyyy-MM-ddTHH:mm in the school's zone, or empty
 * @param preview the text as a family would read it, with an invented child
 * @param open what is still to be filled
 */
public record EditPage(Letter letter, String title, String body, Set<String> grades, List<Integer> allGrades, String answerBy, LetterText preview, List<String> open, List<LetterFields.Field> fields, List<? extends Refusal> refusals) {
    public String href(String more) {
        return "/office/letters/" + letter.id() + more;
    }
}
