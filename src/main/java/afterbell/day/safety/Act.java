package afterbell.day.safety;

import afterbell.base.shared.files.Files;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written down.
 *
 * @param facts ids, codes and numbers; no name, no free text (law 8)
 * @param words names and free text by what they are, sealed; empty for none
 * @param photo a kept picture, or null
 */
public record Act(UUID school, Book book, UUID subject, String kind, Map<String, String> facts, Map<String, String> words, Files.@Nullable Kept photo) {
    public Act {
        facts = Map.copyOf(facts);
        words = Map.copyOf(words);
    }

    public Act(UUID school, Book book, UUID subject, String kind, Map<String, String> facts) {
        this(school, book, subject, kind, facts, Map.of(), null);
    }

    public Act words(Map<String, String> said) {
        return new Act(school, book, subject, kind, facts, said, photo);
    }

    public Act photo(Files.@Nullable Kept kept) {
        return new Act(school, book, subject, kind, facts, words, kept);
    }
}
