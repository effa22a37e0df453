package afterbell.term.timetable;

import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a child is in one period of the week.
 *
 * @param weekday 1 Monday to 7
 * @param ordinal period of the day, from 1
 * @param kind club, own (class) or home
 * @param what the club's name, or the class that one's own is merged into, or empty
 * @param room empty where none is set
 * @param who teacher, empty where none is set
 */
public record Place(UUID pupil, String name, UUID schoolClass, int weekday, int ordinal, LocalTime starts, LocalTime ends, String kind, String what, String code, String room, String who, @Nullable UUID section) {

    public boolean stays() {
        return !kind.equals("home");
    }
}
