package afterbell.day.dismissal;

import java.time.LocalDate;
import java.util.UUID;

/** What a board should look at again besides the chains; ids and dates only, published inside the transaction in which it was written. */
public sealed interface DismissalEvent {
    UUID school();

    /** Somebody who is on no list asks for a child at a gate, or the duty leader has gone there. */
    record StrangerAsks(UUID school, LocalDate day, UUID pupil) implements DismissalEvent {}

    /** The school is clear. */
    record Cleared(UUID school, LocalDate day) implements DismissalEvent {}
}
