package afterbell.base.shared.web;

import java.util.List;

/**
 * A mail in HTML, for the template {@code layout/mail}; the same words go beside it as plain text.
 *
 * @param paragraphs plain sentences, in the reader's language
 * @param href whole address of the one button, or empty
 * @param button its words
 * @param foot why this mail came and how to stop such mails
 */
public record MailPage(String title, List<String> paragraphs, String href, String button, String foot) {
    public MailPage {
        paragraphs = List.copyOf(paragraphs);
    }
}
