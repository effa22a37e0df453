package afterbell.reach.messaging;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/** Stands in for telephones in a demonstration: the last messages in memory, shown on a page. Nothing leaves the house, nothing is stored. */
public final class StandIn implements ShortMessages {
    private static final int KEPT = 50;

    private final Clock clock;
    private final Deque<Message> messages = new ArrayDeque<>();

    StandIn(Clock clock) {
        this.clock = clock;
    }

    /** @param phone its last four digits */
    public record Message(UUID id, Instant at, String phone, String text) {}

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public synchronized Handed send(UUID id, String phone, String text) {
        messages.removeIf(m -> m.id().equals(id));
        messages.addFirst(new Message(id, clock.instant(), phone.substring(Math.max(0, phone.length() - 4)), text));
        while (messages.size() > KEPT) messages.removeLast();
        return new Handed.Sent();
    }

    /** The latest first. */
    public synchronized List<Message> messages() {
        return new ArrayList<>(messages);
    }
}
