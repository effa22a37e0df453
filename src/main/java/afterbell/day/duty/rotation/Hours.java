package afterbell.day.duty.rotation;

import java.time.LocalTime;

/** Minutes of a day, {@code until} outside; how long a post keeps somebody. */
public record Hours(int from, int until) {
    public static final Hours WHOLE_DAY = new Hours(0, 24 * 60);

    public Hours {
        if (from >= until) throw new IllegalArgumentException("a post ends after it begins");
    }

    public static Hours of(LocalTime from, LocalTime until) {
        return new Hours(minute(from), minute(until));
    }

    public static int minute(LocalTime time) {
        return time.getHour() * 60 + time.getMinute();
    }

    public boolean meets(Hours other) {
        return from < other.until && other.from < until;
    }

    public int minutes() {
        return until - from;
    }

    public LocalTime starts() {
        return LocalTime.MIN.plusMinutes(from);
    }

    public LocalTime ends() {
        return until >= 24 * 60 ? LocalTime.MAX : LocalTime.MIN.plusMinutes(until);
    }
}
