package afterbell.day.custody.family;

import afterbell.day.custody.ChildStanding.State;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a child stands, in one line for its family.
 *
 * @param who name of who answers, or empty
 * @param where session and room, or empty
 * @param leavesAt end of its last session; null for one that goes home with the bell
 * @param late when the family said that it comes, or null
 */
public record DayLine(UUID child, String name, State state, String who, String where, Instant since, Instant bell, @Nullable Instant leavesAt, @Nullable Instant late) {}
