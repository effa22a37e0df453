package afterbell.reach.messaging;

import java.util.UUID;

/** What happens to notices, for whoever wants to know; ids alone. */
public sealed interface NoticeEvent {
    UUID school();

    /** There is something to send. Published inside the transaction that tells. */
    record Told(UUID school) implements NoticeEvent {}
}
