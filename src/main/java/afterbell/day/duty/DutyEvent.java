package afterbell.day.duty;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to a day's duty; ids and dates only. */
public sealed interface DutyEvent {
    UUID school();

    /** A session is not held: its children are in their own classes, and it is not delivered. */
    record SessionDropped(UUID school, UUID session, UUID section, LocalDate day) implements DutyEvent {}

    /** A dropped session is held after all, taken back before its start. */
    record SessionRestored(UUID school, UUID session, UUID section, LocalDate day) implements DutyEvent {}

    /** Somebody else answers for a post than before. */
    record SubstituteFound(UUID school, LocalDate day, String kind, @Nullable UUID ref, UUID staff) implements DutyEvent {}

    /** Nobody stands at a post until somebody takes it: the duty leader answers meanwhile. */
    record PostOpened(UUID school, LocalDate day, String kind, @Nullable UUID ref) implements DutyEvent {}
}
