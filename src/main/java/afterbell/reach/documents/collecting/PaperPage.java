package afterbell.reach.documents.collecting;

import afterbell.base.shared.Refusal;
import afterbell.reach.documents.Letter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A receipt on paper, or a link for a guardian far away, about one child.
 *
 * @param adults guardians the school knows, for whom a link can be made
 * @param link the address just made, shown once; or null
 */
public record PaperPage(Letter letter, String title, UUID schoolClass, UUID pupil, String child, String className, boolean answered, List<Adult> adults, @Nullable String link, String linkFor, List<? extends Refusal> refusals) {
    public record Adult(UUID id, String name, String label) {}

    public String back() {
        return "/classes/" + schoolClass + "/letters/" + letter.id();
    }

    public String href(String what) {
        return back() + "/children/" + pupil + what;
    }
}
