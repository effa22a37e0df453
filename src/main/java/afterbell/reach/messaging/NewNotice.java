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
 * @param once what must be told one time only, for example {@code closing/<round>}: told again it is not told; or null
 * @param forGroup says the same to every family meant, so that it may be pasted into a class group
 */
public record NewNotice(UUID school, String kind, Words words, String link, Audience audience, boolean urgent, @Nullable UUID about, @Nullable String once, boolean forGroup) {
    /** To whole classes: may be pasted into their groups. To named children or people: may not. */
    public NewNotice(UUID school, String kind, Words words, String link, Audience audience) {
        this(school, kind, words, link, audience, false, null, null, switch (audience) {
            case Audience.WholeSchool w -> true;
            case Audience.OfGrades g -> true;
            case Audience.OfClass c -> true;
            case Audience.Children c -> false;
            case Audience.Staff s -> false;
            case Audience.People p -> false;
        });
    }

    public NewNotice about(UUID subject) {
        return new NewNotice(school, kind, words, link, audience, urgent, subject, once, forGroup);
    }

    public NewNotice urgently() {
        return new NewNotice(school, kind, words, link, audience, true, about, once, forGroup);
    }

    public NewNotice once(String key) {
        return new NewNotice(school, kind, words, link, audience, urgent, about, key, forGroup);
    }

    /** For named children of many families, where the text tells nothing of any of them. */
    public NewNotice asGroup() {
        return new NewNotice(school, kind, words, link, audience, urgent, about, once, true);
    }

    NewNotice in(Words.Written written) {
        return new NewNotice(school, kind, written, link, audience, urgent, about, once, forGroup);
    }
}
