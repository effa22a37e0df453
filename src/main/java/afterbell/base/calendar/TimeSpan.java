package afterbell.base.calendar;

import java.time.Duration;
import java.time.LocalTime;

/** From one bell to another on the same day; {@code until} itself is outside, so that back-to-back sessions don't clash. */
public record TimeSpan(LocalTime from, LocalTime until) implements Comparable<TimeSpan> {

    public TimeSpan {
        if (!from.isBefore(until)) throw new IllegalArgumentException("a span must end after it starts: " + from + " to " + until);
    }

    /** Hours and minutes as people write them, {@code 17:00}. */
    public static TimeSpan of(String from, String until) {
        return new TimeSpan(LocalTime.parse(from), LocalTime.parse(until));
    }

    public int minutes() {
        return (int) Duration.between(from, until).toMinutes();
    }

    /** Minutes that both cover. */
    public int overlap(TimeSpan other) {
        LocalTime start = from.isAfter(other.from) ? from : other.from;
        LocalTime end = until.isBefore(other.until) ? until : other.until;
        return start.isBefore(end) ? (int) Duration.between(start, end).toMinutes() : 0;
    }

    public boolean clashes(TimeSpan other) {
        return from.isBefore(other.until) && other.from.isBefore(until);
    }

    @Override
    public int compareTo(TimeSpan other) {
        int byStart = from.compareTo(other.from);
        return byStart != 0 ? byStart : until.compareTo(other.until);
    }

    @Override
    public String toString() {
        return from + "–" + until;
    }
}
