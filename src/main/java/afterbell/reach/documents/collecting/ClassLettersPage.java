package afterbell.reach.documents.collecting;

import afterbell.reach.documents.LetterKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The letters of the term, class by class of a class teacher. */
public record ClassLettersPage(List<OfClass> classes) {
    public record OfClass(UUID id, String name, List<Row> letters) {}

    public record Row(UUID letter, LetterKind kind, String title, @Nullable Instant answerBy, int children, int answered, String href) {}
}
