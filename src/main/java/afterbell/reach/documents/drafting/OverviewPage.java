package afterbell.reach.documents.drafting;

import afterbell.reach.documents.Answers;
import afterbell.reach.documents.Letter;
import afterbell.reach.documents.LetterText;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One letter and how far its answers have come.
 *
 * @param notice the notice that told of it, with its group pack
 * @param address where families answer, in full, for the group
 */
public record OverviewPage(Letter letter, LetterText text, List<Answers.OfClass> classes, Optional<UUID> notice, String address) {
    public int children() {
        return classes.stream().mapToInt(Answers.OfClass::children).sum();
    }

    public int answered() {
        return classes.stream().mapToInt(Answers.OfClass::answered).sum();
    }

    public int yes() {
        return classes.stream().mapToInt(Answers.OfClass::yes).sum();
    }

    public int onPaper() {
        return classes.stream().mapToInt(Answers.OfClass::onPaper).sum();
    }

    public String href(String more) {
        return "/office/letters/" + letter.id() + more;
    }
}
