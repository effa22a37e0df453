package afterbell.term.timetable;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One dated meeting.
 *
 * @param day the day on which it takes place
 * @param fromDay the day it was planned for, where it was moved to another
 * @param ordinal period of the day it was planned in, from 1
 * @param what the section's or class's name
 * @param room empty where none is set
 * @param who teachers, empty where none is set
 * @param reason why a person changed it: one of {@code weather, event, teacher, room, other}; empty otherwise
 * @param section null for own-class care
 * @param children seats of a section; 0 for own-class care
 */
public record Session(
        UUID id,
        LocalDate day,
        @Nullable LocalDate fromDay,
        int ordinal,
        LocalTime starts,
        LocalTime ends,
        String what,
        String room,
        String who,
        State state,
        String reason,
        @Nullable UUID section,
        @Nullable UUID schoolClass,
        @Nullable UUID roomId,
        UUID slot,
        int children) {

    public enum State {
        PLANNED,
        MOVED,
        DROPPED
    }

    public boolean club() {
        return section != null;
    }
}
