package afterbell.day.custody.swipes;

import java.util.UUID;

/** A device that has shown its key. */
record Gate(UUID school, UUID device) {}
