package afterbell.day.custody;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** How far a child's line is on its way to the gate: known to the room that leads children home. */
public interface LineWords {

    /** @param key of the sentence, filled with the child's name, the line's name and the gate; the latter may be empty */
    record Word(String key, String child, String line, String gate, Instant at) {}

    /** Under the family's own scope; empty while nobody has said anything, and once the child has left. */
    Optional<Word> of(LocalDate day, UUID child);
}
