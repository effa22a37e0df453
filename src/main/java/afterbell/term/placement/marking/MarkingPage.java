package afterbell.term.placement.marking;

import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Screen;
import afterbell.term.placement.Marks;
import java.util.ArrayList;
import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The applicants of one auditioned section.
 *
 * @param publicName the public value of the lottery whose entry ends the marking
 * @param savedAt when the last mark was saved, null before the first
 * @param mayDecline how many of the applicants may be declined
 * @param children empty once the marking is over
 */
public record MarkingPage(UUID section, String name, String roundName, String publicName, boolean open, int capacity, @Nullable Instant savedAt, int mayDecline, List<Child> children, List<? extends Refusal> refusals) {

    /**
     * @param band "0", "1", or empty where unmarked
     * @param whyField name of the field for a reason to decline
     * @param why the reason, or empty where the child is not declined
     */
    public record Child(String field, String name, String className, String band, String whyField, String why) {}

    public long declined() {
        return children.stream().filter(c -> !c.why().isEmpty()).count();
    }

    public static List<Choice> reasons(Screen screen) {
        List<Choice> all = new ArrayList<>(List.of(Choice.of("", screen.t("placement.marking.decline.no"))));
        for (String reason : Marks.REASONS) all.add(Choice.of(reason, screen.t("placement.marking.decline." + reason)));
        return all;
    }

    public long unmarked() {
        return children.stream().filter(c -> c.band().isEmpty() && c.why().isEmpty()).count();
    }

    public String href() {
        return "/marking/" + section;
    }
}
