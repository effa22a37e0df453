package afterbell.day.custody.childday;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a child on a day. Ids only: words that name a person or a reason are kept, encrypted, outside the chain (law 8).
 *
 * <p>{@code custodian} is always the one accountable person, resolved from the duty roster; who tapped stands in the {@link Entry}.
 */
public sealed interface Fact {

    /** Facts that only their teller's word supports never move a child; these do, because somebody had it in hand. */
    sealed interface InHand extends Fact {
        /** Who had the child in hand when it happened; null where the fact itself does not say (a guard lets out whom the teacher brought). */
        @Nullable UUID custodian();
    }

    /** Facts that end the day for a child. */
    sealed interface Release extends InHand {
        /** Whether a teacher led the child out with others: the one tap of a line, in which a child that is out of the room is easily taken along unseen. */
        default boolean fromLine() {
            return switch (this) {
                case WithLine _ -> true;
                case WalkedHome walked -> walked.custodian() != null;
                case Collected _ -> false;
            };
        }
    }

    /** Not at school today, known from the morning: expected nowhere, alarms nobody. */
    record Away() implements Fact {}

    /** Came after all. */
    record Arrived() implements Fact {}

    /** Leave for a stretch of the day, told by somebody entitled to it. */
    record Excused(Instant from, Instant to, Told told) implements Fact {}

    /** The leave holds no longer. */
    record ExcuseLifted() implements Fact {}

    /** How a leave became known. */
    enum Told {
        IN_APP,
        CHAT,
        PHONE,
        NOTE,
        IN_PERSON
    }

    /** Sent on to the next room or person; until that one counts the child, the sender answers. */
    record Sent(UUID custodian, @Nullable UUID toSession, @Nullable UUID to) implements InHand {}

    /** Counted as present by the accountable person of a session; {@code until} is the session's end, exclusive, up to which nobody else may claim the child. */
    record Counted(UUID custodian, UUID session, Instant until) implements InHand {}

    /** Looked for and not there. Says nothing about where the child is. */
    record Missed(UUID custodian, @Nullable UUID session) implements Fact {}

    /** Left the room for a while; the custodian goes on answering. */
    record CalledOut(UUID custodian, Where where) implements InHand {}

    record CameBack(UUID custodian) implements InHand {}

    enum Where {
        TOILET,
        INFIRMARY,
        PARENT_CALLED,
        OFFICE
    }

    /** One step of looking for a child that nobody has: called home, looked in the library, asked the gate. */
    record Traced(Step step) implements Fact {}

    enum Step {
        CALLED_GUARDIAN,
        ASKED_CLASS,
        SEARCHED_ROOMS,
        ASKED_GATE,
        CALLED_POLICE
    }

    /** Kept by a named teacher after the last session until somebody comes. */
    record KeptLate(UUID custodian, @Nullable Instant expectedAt) implements InHand {}

    /** Handed to a person. */
    record Collected(@Nullable UUID custodian, UUID collector, Proof proof) implements Release {}

    enum Proof {
        KNOWN_BY_SIGHT,
        CODE,
        CARD,
        DOCUMENT
    }

    /** Led with the class line to its mark by the teacher; the guardian's consent covers the day. */
    record WithLine(UUID custodian, UUID consent) implements Release {}

    /** Walked home alone with the guardian's consent; {@code custodian} is the teacher of the line that it left from, null for one let out alone at the gate. */
    record WalkedHome(@Nullable UUID custodian, UUID consent) implements Release {}

    /** A card at a gate: evidence, never custody. */
    record Swiped(UUID device, boolean out) implements Fact {}

    /** A person answers, in his own name and with a reason, for where the child is: out of school, or in the hands of {@code custodian}. Ends a search and a dispute. */
    record Accounted(@Nullable UUID custodian, UUID reason) implements Fact {}

    /** An earlier entry was a mistake. It stays in the chain and counts no more. */
    record Undone(UUID entry, UUID reason, boolean byLeader) implements Fact {}
}
