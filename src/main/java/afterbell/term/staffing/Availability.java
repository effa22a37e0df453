package afterbell.term.staffing;

import java.time.LocalTime;
import java.util.UUID;

/** When a person can serve on a weekday (1 Monday to 7 Sunday); whoever has no row is not asked about and counts as free. */
public record Availability(UUID id, UUID staff, int weekday, LocalTime from, LocalTime until) {

    public boolean covers(int day, LocalTime starts, LocalTime ends) {
        return weekday == day && !starts.isBefore(from) && !ends.isAfter(until);
    }
}
