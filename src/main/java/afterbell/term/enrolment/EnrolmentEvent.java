package afterbell.term.enrolment;

import java.time.Instant;
import java.util.UUID;

/** What has happened in this room; ids only (law 8). */
public sealed interface EnrolmentEvent {

    /** A round is announced: families see it from now on and answer from its beginning. Published inside the announcing transaction. */
    record RoundOpened(UUID school, UUID round) implements EnrolmentEvent {}

    /** An announced round ends later than families knew. */
    record RoundExtended(UUID school, UUID round, Instant closesAt) implements EnrolmentEvent {}

    /**
     * A round has closed: its sheets can be read and will not change, save those returned by the review. Published inside the closing transaction,
     * so that the lottery's commitment stands or falls with the close.
     */
    record RoundClosed(UUID school, UUID round, UUID term, Instant at) implements EnrolmentEvent {}

    /**
     * The review of a closed round is over: from here on its sheets don't change. Published inside the ending transaction; a round without a review has
     * only its close.
     */
    record ReviewEnded(UUID school, UUID round, UUID term, Instant at) implements EnrolmentEvent {}

    /** The school has typed a family's answer; the family hears of it and may object. */
    record EnteredForFamily(UUID school, UUID round, UUID pupil, UUID by) implements EnrolmentEvent {}

    /** A family says that what was entered for it is not what it said. */
    record Objected(UUID school, UUID round, UUID pupil, UUID by) implements EnrolmentEvent {}

    /** The review sends a sheet back to the family, with the key of its reason. */
    record Returned(UUID school, UUID round, UUID pupil, String reason) implements EnrolmentEvent {}
}
