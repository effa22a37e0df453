package afterbell.base.roster;

import java.time.LocalDate;
import java.util.UUID;

/** What happened to who is in which class; ids and dates only. */
public sealed interface RosterEvent {
    UUID school();

    /** A child is in another class from this day on. */
    record Transferred(UUID school, UUID pupil, UUID to, LocalDate day) implements RosterEvent {}
}
