package afterbell.day.custody.childday;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of one child on one day, as the timetable and the duty roster say it.
 *
 * @param bell the last bell of the child's grade band: from here on somebody of the service answers
 * @param classTeacher the person who answers for the class at the bell (the deputy's id where the class teacher is away)
 * @param stops the child's sessions in order of time; empty for a child that goes home with the bell
 * @param turns what became of sessions in the course of the day, in order of time
 */
public record DayPlan(Instant bell, UUID classTeacher, List<Stop> stops, List<Turn> turns) {
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

    /**
     * A session has passed to another accountable person in the course of the day, or is dropped.
     *
     * @param from who answered for it up to then
     * @param to who does from then on; null: the session is not held any more
     * @param at from this moment on
     */
    public record Turn(UUID session, UUID from, @Nullable UUID to, Instant at) {}

    public DayPlan {
        stops = List.copyOf(stops);
        turns = List.copyOf(turns);
        for (int i = 1; i < stops.size(); i++)
            if (stops.get(i).from().isBefore(stops.get(i - 1).to())) throw new IllegalArgumentException("a child's sessions do not overlap");
    }

    /** A plan of whose sessions nothing has become yet. */
    public DayPlan(Instant bell, UUID classTeacher, List<Stop> stops) {
        this(bell, classTeacher, stops, List.of());
    }

    /**
     * This plan as it follows upon an earlier one: a session of the child's, or the one it is in, that another person answers for now, or nobody any more, has
     * turned at this moment.
     *
     * @param before the plan up to now
     * @param was who answered for each session of the school up to now
     * @param held who answers for each session of the school that is held
     * @param in the session that the child is in, whether planned or not; null for none
     */
    public DayPlan after(DayPlan before, Map<UUID, UUID> was, Map<UUID, UUID> held, @Nullable UUID in, Instant now) {
        Set<UUID> concerned = new LinkedHashSet<>();
        before.stops().forEach(stop -> concerned.add(stop.session()));
        before.turns().forEach(turn -> concerned.add(turn.session()));
        if (in != null) concerned.add(in);
        List<Turn> all = new ArrayList<>(before.turns());
        for (UUID session : concerned) {
            @Nullable Turn last = before.last(session);
            @Nullable Stop stop = before.stop(session);
            @Nullable UUID to = held.get(session);
            @Nullable UUID from = last != null ? last.to() : stop != null ? stop.custodian() : was.get(session);
            if (from == null) {
                if (last != null && to != null) all.add(new Turn(session, last.from(), to, now));
            } else if (!from.equals(to)) all.add(new Turn(session, from, to, now));
        }
        return new DayPlan(bell, classTeacher, stops, all);
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

    /** The first session that has not ended at this moment. */
    @Nullable Stop awaits(Instant moment) {
        for (Stop stop : stops) if (stop.to().isAfter(moment)) return stop;
        return null;
    }

    /** Whether the school names this person for the session at that moment, or does so later: a change is known by word of mouth before it is written down. */
    boolean names(UUID session, UUID person, Instant at) {
        @Nullable Stop stop = stop(session);
        if (stop != null && stop.custodian().equals(person)) return true;
        for (Turn turn : turns) if (turn.session().equals(session) && turn.from().equals(person) && at.isBefore(turn.at())) return true;
        @Nullable Turn last = last(session);
        return last != null && person.equals(last.to());
    }

    /** From when on the session is not held any more; null where it is. */
    @Nullable Instant dropped(UUID session) {
        @Nullable Turn last = last(session);
        return last != null && last.to() == null ? last.at() : null;
    }

    private @Nullable Turn last(UUID session) {
        @Nullable Turn last = null;
        for (Turn turn : turns) if (turn.session().equals(session)) last = turn;
        return last;
    }
}
