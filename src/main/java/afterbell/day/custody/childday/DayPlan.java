package afterbell.day.custody.childday;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of one child on one day, as the timetable and the duty roster say it.
 *
 * @param bell the last bell of the child's grade band: from here on somebody of the service answers
 * @param classTeacher the person who answers for the class at the bell (the deputy's id where the class teacher is away)
 * @param stops the child's sessions in order of time; empty for a child that goes home with the bell
 */
public record DayPlan(Instant bell, UUID classTeacher, List<Stop> stops) {
    /** Stands where the school has named nobody at all, not even a leader: red from the bell on. */
    public static final UUID NOBODY = new UUID(0, 0);

    /**
     * One session of the day.
     *
     * @param from inclusive
     * @param to exclusive
     * @param custodian the one accountable person of the session, never an outside instructor
     */
    public record Stop(UUID session, Instant from, Instant to, UUID room, UUID custodian) {
        public Stop {
            if (!from.isBefore(to)) throw new IllegalArgumentException("a session ends after it begins");
        }
    }

    public DayPlan {
        stops = List.copyOf(stops);
        for (int i = 1; i < stops.size(); i++)
            if (stops.get(i).from().isBefore(stops.get(i - 1).to())) throw new IllegalArgumentException("a child's sessions do not overlap");
    }

    /** Whether the child stays today at all. */
    public boolean stays() {
        return !stops.isEmpty();
    }

    /** When the child's last session ends; the bell for one that does not stay. */
    public Instant leaves() {
        return stops.isEmpty() ? bell : stops.getLast().to();
    }

    @Nullable Stop stop(@Nullable UUID session) {
        for (Stop stop : stops) if (stop.session().equals(session)) return stop;
        return null;
    }

    /** The first session that begins at or after this moment. */
    @Nullable Stop next(Instant moment) {
        for (Stop stop : stops) if (!stop.from().isBefore(moment)) return stop;
        return null;
    }
}
