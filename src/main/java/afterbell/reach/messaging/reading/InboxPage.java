package afterbell.reach.messaging.reading;

import java.util.List;

/** @param ways whether there is a page on which this person chooses how to hear */
public record InboxPage(List<Message> messages, boolean ways) {
    public long unread() {
        return messages.stream().filter(m -> !m.read()).count();
    }
}
