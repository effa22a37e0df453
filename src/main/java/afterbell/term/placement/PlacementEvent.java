package afterbell.term.placement;

import java.util.UUID;

/** What happened in this room; ids only (law 8). */
public sealed interface PlacementEvent {
    UUID school();

    /** Families can read their result from now on. */
    record DrawPublished(UUID school, UUID term, UUID run) implements PlacementEvent {}

    record SeatGiven(UUID school, UUID term, UUID pupil, UUID section) implements PlacementEvent {}

    record SeatLeft(UUID school, UUID term, UUID pupil, UUID section) implements PlacementEvent {}

    record PlaceOffered(UUID school, UUID term, UUID pupil, UUID section, UUID waiting) implements PlacementEvent {}
}
