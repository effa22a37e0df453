package afterbell.term.programme;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who or what is wanted at two places at one time, counted in minutes of a week. Pure: neither database nor clock.
 *
 * <p>An ordinary room holds one group at a time; a shared one (a playground, a hall) holds several up to its capacity.
 */
public final class Clashes {
    private Clashes() {}

    /**
     * One weekly meeting that needs people and a place.
     *
     * @param owner the section or class that meets; meetings of one owner never clash with each other
     * @param size most children, for shared rooms
     */
    public record Booking(UUID owner, int weekday, LocalTime from, LocalTime until, Set<UUID> staff, @Nullable UUID room, Set<UUID> pupils, int size) {
        public Booking {
            staff = Set.copyOf(staff);
            pupils = Set.copyOf(pupils);
            if (!from.isBefore(until)) throw new IllegalArgumentException("a meeting must end after it starts");
        }
    }

    public enum Kind {
        TEACHER,
        ROOM,
        PUPIL
    }

    /** @param what the staff member, room or pupil wanted twice */
    public record Clash(Kind kind, UUID what, Booking first, Booking second, int minutes) {}

    /** @param shared capacity of the rooms that hold several groups at once */
    public static List<Clash> of(List<Booking> bookings, Map<UUID, Integer> shared) {
        List<Clash> found = new ArrayList<>();
        Map<UUID, List<Booking>> byTeacher = new HashMap<>();
        Map<UUID, List<Booking>> byRoom = new HashMap<>();
        Map<UUID, List<Booking>> byPupil = new HashMap<>();
        for (Booking b : bookings) {
            b.staff().forEach(s -> byTeacher.computeIfAbsent(s, k -> new ArrayList<>()).add(b));
            if (b.room() != null) byRoom.computeIfAbsent(b.room(), k -> new ArrayList<>()).add(b);
            b.pupils().forEach(p -> byPupil.computeIfAbsent(p, k -> new ArrayList<>()).add(b));
        }
        byTeacher.forEach((who, list) -> pairs(Kind.TEACHER, who, list, found));
        byPupil.forEach((who, list) -> pairs(Kind.PUPIL, who, list, found));
        byRoom.forEach((room, list) -> {
            @Nullable Integer capacity = shared.get(room);
            if (capacity == null) pairs(Kind.ROOM, room, list, found);
            else crowds(room, list, capacity, found);
        });
        found.sort(Comparator.comparing((Clash c) -> c.first().weekday()).thenComparing(c -> c.first().from()).thenComparing(Clash::kind).thenComparing(Clash::what));
        return found;
    }

    // In order of beginning a meeting can only clash with those that have not ended yet.
    private static void pairs(Kind kind, UUID what, List<Booking> bookings, List<Clash> found) {
        List<Booking> order = bookings.stream().sorted(BY_TIME).toList();
        List<Booking> open = new ArrayList<>();
        for (Booking b : order) {
            open.removeIf(o -> o.weekday() != b.weekday() || !o.until().isAfter(b.from()));
            for (Booking o : open) if (!o.owner().equals(b.owner())) found.add(new Clash(kind, what, o, b, SlotTime.overlap(o.from(), o.until(), b.from(), b.until())));
            open.add(b);
        }
    }

    // At each beginning everybody who is there is counted; the last comer is the one too many.
    private static void crowds(UUID room, List<Booking> bookings, int capacity, List<Clash> found) {
        List<Booking> order = bookings.stream().sorted(BY_TIME).toList();
        List<Booking> open = new ArrayList<>();
        for (Booking b : order) {
            open.removeIf(o -> o.weekday() != b.weekday() || !o.until().isAfter(b.from()));
            int there = open.stream().mapToInt(Booking::size).sum();
            if (!open.isEmpty() && there + b.size() > capacity && open.stream().anyMatch(o -> !o.owner().equals(b.owner()))) {
                Booking other = open.stream().filter(o -> !o.owner().equals(b.owner())).max(Comparator.comparingInt(Booking::size)).orElseThrow();
                found.add(new Clash(Kind.ROOM, room, other, b, SlotTime.overlap(other.from(), other.until(), b.from(), b.until())));
            }
            open.add(b);
        }
    }

    private static final Comparator<Booking> BY_TIME =
            Comparator.comparingInt(Booking::weekday).thenComparing(Booking::from).thenComparing(Booking::until).thenComparing(Booking::owner);
}
