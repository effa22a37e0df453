package afterbell.base.calendar;

import java.util.Set;
import java.util.UUID;

/** Rooms that hang things on slots tell which ones, so that bells in use aren't taken away. Runs inside the caller's transaction and scope. */
public interface SlotUse {
    Set<UUID> slotsInUse(UUID school, UUID term);
}
