package afterbell.term.placement.changing;

import afterbell.base.shared.NotFound;
import java.util.List;
import java.util.UUID;

/** Ids as a form sends them: one that is no id is nobody's. */
final class SeatsForm {
    private SeatsForm() {}

    static UUID id(String text) {
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException e) {
            throw new NotFound();
        }
    }

    static List<UUID> ids(List<String> texts) {
        return texts.stream().filter(t -> !t.isBlank()).map(SeatsForm::id).sorted().distinct().toList();
    }
}
