package afterbell.term.placement;

import java.time.Instant;
import java.util.UUID;

/** What happened in this room; ids only (law 8). Published inside the transaction of the act, so that it stands or falls with it. */
public sealed interface PlacementEvent {
    UUID school();

    /** Families can read their result from now on. */
    record DrawPublished(UUID school, UUID term, UUID run) implements PlacementEvent {}

    /** A child has a seat that it had not before: joined, swapped into, accepted, or given from the waiting list at the family's word. */
    record SeatGiven(UUID school, UUID term, UUID pupil, UUID section) implements PlacementEvent {}

    /** A child's seat has ended. */
    record SeatLeft(UUID school, UUID term, UUID pupil, UUID section) implements PlacementEvent {}

    /** A free seat is held for a child that waited; its family answers until then, or it goes on to the next. */
    record SeatOffered(UUID school, UUID term, UUID pupil, UUID section, UUID waiting, Instant until) implements PlacementEvent {}

    /** Nobody answered in time; the seat went on. */
    record OfferExpired(UUID school, UUID term, UUID pupil, UUID section, UUID waiting) implements PlacementEvent {}

    /** The family said no. */
    record OfferDeclined(UUID school, UUID term, UUID pupil, UUID section, UUID waiting) implements PlacementEvent {}
}
