package afterbell.term.timetable.changing;

import afterbell.base.shared.Ids;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A change as typed: day and time as the browser writes them, the room's id or nothing, one reason of the list. */
record ChangeForm(String day, String starts, String ends, String room, String reason) {
    @Nullable LocalDate date() {
        try {
            LocalDate date = LocalDate.parse(day);
            return date.getYear() < 2000 || date.getYear() > 2100 ? null : date;
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Nullable LocalTime from() {
        return time(starts);
    }

    @Nullable LocalTime until() {
        return time(ends);
    }

    @Nullable UUID roomId() {
        return Ids.parse(room).orElse(null);
    }

    private static @Nullable LocalTime time(String typed) {
        try {
            return LocalTime.parse(typed);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
