package afterbell.reach.messaging;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One mail to one person.
 *
 * @param id becomes the Message-ID: a mail sent twice is the same mail to the receiving server
 * @param to the confirmed, or to be confirmed, address
 * @param plain the words without markup
 * @param html the same words over {@code layout/mail}
 * @param stop whole address that stops such mails, or null where none come again
 */
public record Mail(UUID id, String to, String from, String subject, String plain, String html, @Nullable String stop) {
    @Override
    public String toString() {
        return "Mail[" + id + "]";
    }
}
