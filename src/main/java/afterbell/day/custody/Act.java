package afterbell.day.custody;

import afterbell.day.custody.childday.Fact;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a teacher does on a screen of the afternoon, with a finger or from a queue that waited for the network: one act, one key, however many children.
 *
 * <p>Small on purpose: ids, an instant, words of closed lists. It can be kept as JSON on a device and sent later, in any order, more than once.
 */
public sealed interface Act {
    UUID key();

    /** When it happened, by the device's clock as the server corrected it. */
    Instant at();

    /** Acts on a session. */
    sealed interface OnSession extends Act {
        UUID session();

        /** The children of whom something is said. */
        default List<UUID> pupils() {
            return switch (this) {
                case Roll roll -> Stream.concat(roll.present().stream(), roll.absent().stream()).distinct().toList();
                case Out out -> List.of(out.pupil());
                case Back back -> List.of(back.pupil());
                case Elsewhere elsewhere -> List.of(elsewhere.pupil());
                case Trace trace -> List.of(trace.pupil());
            };
        }
    }

    /** A roll: these are here, those are looked for and not there. */
    record Roll(UUID key, Instant at, UUID session, List<UUID> present, List<UUID> absent) implements OnSession {
        public Roll {
            present = List.copyOf(present);
            absent = List.copyOf(absent);
        }
    }

    /** Out of the room for a while. */
    record Out(UUID key, Instant at, UUID session, UUID pupil, Fact.Where where) implements OnSession {}

    record Back(UUID key, Instant at, UUID session, UUID pupil) implements OnSession {}

    /** The child came to this session and belongs to another: sent on its way. */
    record Elsewhere(UUID key, Instant at, UUID session, UUID pupil) implements OnSession {}

    /** A step of looking for a child that is not there. */
    record Trace(UUID key, Instant at, UUID session, UUID pupil, Fact.Step step) implements OnSession {}

    /** At the bell: these children of the class are here and go on, those are not there. */
    record HandOver(UUID key, Instant at, UUID schoolClass, List<UUID> present, List<UUID> absent) implements Act {
        public HandOver {
            present = List.copyOf(present);
            absent = List.copyOf(absent);
        }
    }

    /** In the morning: not at school today, and who came after all. */
    record Morning(UUID key, Instant at, UUID schoolClass, List<UUID> away, List<UUID> arrived) implements Act {
        public Morning {
            away = List.copyOf(away);
            arrived = List.copyOf(arrived);
        }
    }

    /** The key of the entry that this act makes for a child: the same act again is the same entry (law 6). */
    default UUID entry(UUID pupil) {
        return UUID.nameUUIDFromBytes((key() + "/" + pupil).getBytes(StandardCharsets.UTF_8));
    }
}
