package afterbell.term.placement.marking;

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
 * @param children empty once the marking is over
 */
public record MarkingPage(UUID section, String name, String roundName, String publicName, boolean open, int capacity, @Nullable Instant savedAt, List<Child> children, List<? extends Refusal> refusals) {

    /** @param band "0", "1", or empty where unmarked */
    public record Child(String field, String name, String className, String band) {}

    public long unmarked() {
        return children.stream().filter(c -> c.band().isEmpty()).count();
    }

    public String href() {
        return "/marking/" + section;
    }
}
