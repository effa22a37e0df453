package afterbell.reach.documents.collecting;

import afterbell.reach.documents.Answers;
import afterbell.reach.documents.Letter;
import java.util.List;
import java.util.UUID;

/**
 * A letter in one class: answered or not yet, by name.
 *
 * @param address where families answer, in full
 * @param back where the reader came from
 */
public record ClassLetterPage(Letter letter, String title, UUID schoolClass, String className, List<Answers.OfChild> children, String address, String back) {
    public List<Answers.OfChild> missing() {
        return children.stream().filter(c -> !c.answered()).toList();
    }

    public List<Answers.OfChild> answered() {
        return children.stream().filter(Answers.OfChild::answered).toList();
    }

    public String href(UUID pupil, String what) {
        return "/classes/" + schoolClass + "/letters/" + letter.id() + "/children/" + pupil + what;
    }
}
