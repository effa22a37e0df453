package afterbell.reach.messaging;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice to be told.
 *
 * @param kind room and what happened, for example {@code documents.letter_published}
 * @param link path inside the application where the person acts, or empty
 * @param urgent goes out in quiet hours as well
 * @param about id of what it is about, by which the caller finds it again; or null
 */
public record NewNotice(UUID school, String kind, Words words, String link, Audience audience, boolean urgent, @Nullable UUID about) {
    public NewNotice(UUID school, String kind, Words words, String link, Audience audience) {
        this(school, kind, words, link, audience, false, null);
    }

    public NewNotice about(UUID subject) {
        return new NewNotice(school, kind, words, link, audience, urgent, subject);
    }

    public NewNotice urgently() {
        return new NewNotice(school, kind, words, link, audience, true, about);
    }
}
