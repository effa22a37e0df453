package afterbell.term.staffing.people;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.term.staffing.Standing;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one person can lead and when.
 *
 * @param standing checks; null for the school's own people
 * @param known words that others have used, to choose from when typing
 */
public record PersonPage(
        UUID id, String name, String subject, List<Line> talents, List<Day> days, boolean outside, String provider, List<Choice> providers, @Nullable Standing standing, List<String> known, List<Refusal> refusals) {

    /** As typed. */
    public record Line(String what, String domain, String from, String until) {
        static final Line BLANK = new Line("", "", "1", "12");
    }

    /** As typed; both empty = not at all asked. */
    public record Day(int weekday, String from, String until) {}
}
