package afterbell.reach.documents.signing;

import afterbell.reach.documents.LetterKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The letters of all children of a family, child by child. */
public record FamilyLettersPage(List<OfChild> children) {
    public record OfChild(UUID pupil, String name, String schoolClass, List<Row> letters) {}

    /** @param at when a guardian answered, or null */
    public record Row(UUID letter, LetterKind kind, String title, @Nullable Instant at, boolean yes, boolean asked, @Nullable Instant answerBy, String href) {}

    public long waiting() {
        return children.stream().flatMap(c -> c.letters().stream()).filter(r -> r.at() == null && r.asked()).count();
    }
}
