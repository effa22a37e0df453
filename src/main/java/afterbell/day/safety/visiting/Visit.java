package afterbell.day.safety.visiting;

import afterbell.base.shared.Ids;
import afterbell.day.safety.Entry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A visit as its entries tell it.
 *
 * @param day the day for which it was announced or on which it was asked
 * @param host staff member
 * @param people who come together, 1-50
 * @param how by what the visitor came in: announced, host or phone; empty before
 * @param since when it came into this state
 * @param first the entry that holds name and telephone
 */
public record Visit(UUID id, State state, LocalDate day, @Nullable UUID host, String purpose, int people, String how, Instant since, @Nullable Instant enteredAt, @Nullable Instant leftAt, Entry first) {

    public enum State {
        /** A host expects the visitor on a day. */
        ANNOUNCED,
        /** Stands at the gate, the host was asked. */
        ASKED,
        INSIDE,
        REFUSED,
        LEFT,
        /** Announced and taken back. */
        WITHDRAWN
    }

    static Visit of(List<Entry> entries) {
        Entry first = entries.getFirst();
        State state = State.ASKED;
        String how = "";
        Instant entered = null;
        Instant left = null;
        for (Entry e : entries) {
            switch (e.kind()) {
                case "announced" -> state = State.ANNOUNCED;
                case "asked" -> state = State.ASKED;
                case "entered" -> {
                    state = State.INSIDE;
                    how = e.fact("how");
                    entered = e.at();
                }
                case "refused" -> state = State.REFUSED;
                case "left" -> {
                    state = State.LEFT;
                    left = e.at();
                }
                case "withdrawn" -> state = State.WITHDRAWN;
                default -> throw new IllegalStateException("a visit knows no " + e.kind());
            }
        }
        LocalDate day = first.fact("for").isEmpty() ? first.day() : LocalDate.parse(first.fact("for"));
        return new Visit(first.subject(), state, day, Ids.parse(first.fact("host")).orElse(null), first.fact("purpose"), Integer.parseInt(first.fact("people")), how, entries.getLast().at(), entered, left, first);
    }
}
