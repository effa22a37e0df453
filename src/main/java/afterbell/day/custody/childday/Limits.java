package afterbell.day.custody.childday;

import java.time.Duration;
import java.util.List;

/**
 * Minutes of the rules (law 10).
 *
 * @param grace after the bell a child may stand un-handed-over, and after leave unseen, for this long
 * @param walking between two rooms
 * @param early a receiving person may count a child this long before the other's session ends
 * @param late after the last session before a child counts as waiting late
 * @param calledOut out of the room before somebody should look
 * @param undo an entry may be taken back by its own teller for this long
 * @param escalation minutes after which the search for a missing child rings the next person, ascending
 */
public record Limits(
        Duration grace, Duration walking, Duration early, Duration late, Duration calledOut, Duration undo, List<Duration> escalation) {
    public Limits {
        escalation = List.copyOf(escalation);
    }
}
