package afterbell.reach.documents.archive;

import afterbell.reach.documents.Letter;
import afterbell.reach.documents.SignatureStore;
import java.util.List;
import java.util.UUID;

/** Everything kept of one child's answers to one letter. */
public record RecordPage(Letter letter, String title, UUID pupil, String child, String className, List<SignatureStore.Opened> history) {
    public String href(String more) {
        return "/office/letters/" + letter.id() + "/children/" + pupil + more;
    }
}
