package afterbell.base.calendar;

import java.time.DayOfWeek;

/** A weekly meeting of a section or a teacher's duty, in weeks {@code firstWeek} to {@code lastWeek} of a term, both included. */
public record Meeting(DayOfWeek day, TimeSpan time, int firstWeek, int lastWeek) {

    public Meeting {
        if (firstWeek > lastWeek) throw new IllegalArgumentException("weeks " + firstWeek + " to " + lastWeek);
    }

    /** Minutes of overlap in a week that both meet; 0 = no clash. */
    public int clash(Meeting other) {
        boolean sameWeeks = firstWeek <= other.lastWeek && other.firstWeek <= lastWeek;
        return day == other.day && sameWeeks ? time.overlap(other.time) : 0;
    }
}
