package afterbell.day.custody;

import afterbell.day.custody.childday.Alarm;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** What became of children on a day. Ids and instants only (law 8); published inside the transaction in which it was written. */
public sealed interface CustodyEvent {
    UUID school();

    LocalDate day();

    /** Standings of these children were written anew, by a word or by the clock: boards look again. */
    record Moved(UUID school, LocalDate day, List<UUID> pupils) implements CustodyEvent {
        public Moved {
            pupils = List.copyOf(pupils);
        }
    }

    /**
     * Something rings for a child, for the first time or one step higher.
     *
     * @param since from when on by the laws
     * @param level 0 for the first ring
     */
    record Rung(UUID school, LocalDate day, UUID pupil, Alarm.Kind kind, Instant since, int level, Instant at) implements CustodyEvent {}
}
