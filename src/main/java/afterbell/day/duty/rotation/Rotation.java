package afterbell.day.duty.rotation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Draws up a roster by turns (R7, R70): each post goes to the free person who has had the fewest turns at its kind, then the fewest minutes, then whose subject
 * does not yet stand on the day's roster; ties are broken by the seed. Posts that few can take go first, and one that nobody is left for may take a person
 * from a post of that day which somebody else can have. What nobody can take stays open.
 */
public final class Rotation {

    /** @param post the caller's name of it, unique on its day @param kind what turns are counted by */
    public record Need(LocalDate day, String post, String kind, Hours hours) {}

    /** @param kinds of posts the person takes turns at */
    public record Person(UUID id, String subject, Set<String> kinds) {
        public Person {
            kinds = Set.copyOf(kinds);
        }
    }

    /** Somebody can't: stands elsewhere, is away, or does not work at that hour. */
    public record Busy(UUID person, LocalDate day, Hours hours) {}

    /** Turns and minutes that a person has had already. */
    public record Had(UUID person, String kind, int turns, int minutes) {}

    public record Turn(Need need, UUID person) {}

    public record Roster(List<Turn> turns, List<Need> open) {
        public Roster {
            turns = List.copyOf(turns);
            open = List.copyOf(open);
        }
    }

    private final List<Person> people;
    private final Map<UUID, List<Busy>> busy = new HashMap<>();
    private final Map<String, Integer> turns = new HashMap<>();
    private final Map<UUID, Integer> minutes = new HashMap<>();
    private final Map<LocalDate, Map<String, Integer>> subjects = new HashMap<>();
    private final long seed;

    private Rotation(Collection<Person> people, Collection<Busy> busy, Collection<Had> had, long seed) {
        this.people = people.stream().sorted(Comparator.comparing(Person::id)).toList();
        busy.forEach(b -> this.busy.computeIfAbsent(b.person(), p -> new ArrayList<>()).add(b));
        for (Had h : had) {
            turns.merge(h.person() + h.kind(), h.turns(), Integer::sum);
            minutes.merge(h.person(), h.minutes(), Integer::sum);
        }
        this.seed = seed;
    }

    public static Roster of(Collection<Need> needs, Collection<Person> people, Collection<Busy> busy, Collection<Had> had, long seed) {
        return new Rotation(people, busy, had, seed).draw(needs);
    }

    private Roster draw(Collection<Need> needs) {
        List<Turn> drawn = new ArrayList<>();
        List<Need> open = new ArrayList<>();
        Map<LocalDate, List<Need>> days = new LinkedHashMap<>();
        needs.stream().sorted(Comparator.comparing(Need::day).thenComparing(Need::post)).forEach(n -> days.computeIfAbsent(n.day(), d -> new ArrayList<>()).add(n));
        days.forEach((day, some) -> {
            Map<Need, UUID> taken = new LinkedHashMap<>();
            some.stream().sorted(Comparator.comparingLong((Need n) -> candidates(n, Map.of()).size())).forEach(n -> take(n, taken));
            some.forEach(n -> {
                @Nullable UUID person = taken.get(n);
                if (person == null) open.add(n);
                else drawn.add(new Turn(n, person));
            });
        });
        return new Roster(drawn, open);
    }

    private void take(Need need, Map<Need, UUID> taken) {
        List<Person> free = candidates(need, taken);
        if (!free.isEmpty()) {
            give(need, next(need, free), taken);
            return;
        }
        // Somebody who stands at another post of this day, which another person can have.
        for (Person p : people) {
            if (!p.kinds().contains(need.kind()) || !works(p, need)) continue;
            List<Need> inTheWay = taken.entrySet().stream().filter(e -> e.getValue().equals(p.id()) && e.getKey().hours().meets(need.hours())).map(Map.Entry::getKey).toList();
            if (inTheWay.size() != 1) continue;
            Need other = inTheWay.getFirst();
            Optional<Person> instead = candidates(other, taken).stream().filter(q -> !q.id().equals(p.id())).min(order(other));
            if (instead.isEmpty()) continue;
            release(other, p, taken);
            give(other, instead.get(), taken);
            give(need, p, taken);
            return;
        }
    }

    private List<Person> candidates(Need need, Map<Need, UUID> taken) {
        Set<UUID> standing = new HashSet<>();
        taken.forEach((n, p) -> {
            if (n.hours().meets(need.hours())) standing.add(p);
        });
        return people.stream().filter(p -> p.kinds().contains(need.kind()) && !standing.contains(p.id()) && works(p, need)).toList();
    }

    private boolean works(Person p, Need need) {
        return busy.getOrDefault(p.id(), List.of()).stream().noneMatch(b -> b.day().equals(need.day()) && b.hours().meets(need.hours()));
    }

    private Person next(Need need, List<Person> free) {
        return free.stream().min(order(need)).orElseThrow();
    }

    private Comparator<Person> order(Need need) {
        Map<String, Integer> here = subjects.getOrDefault(need.day(), Map.of());
        return Comparator.comparingInt((Person p) -> turns.getOrDefault(p.id() + need.kind(), 0))
                .thenComparingInt(p -> p.subject().isEmpty() ? 0 : here.getOrDefault(p.subject(), 0))
                .thenComparingInt(p -> minutes.getOrDefault(p.id(), 0))
                .thenComparingLong(p -> lot(p, need));
    }

    // The draw of lots among equals; another seed gives another order, the same one the same.
    private long lot(Person p, Need need) {
        long x = seed ^ p.id().getMostSignificantBits() * 0x9E3779B97F4A7C15L ^ Long.rotateLeft(p.id().getLeastSignificantBits(), 31) ^ (need.day().toEpochDay() * 31 + need.post().hashCode()) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    private void give(Need need, Person p, Map<Need, UUID> taken) {
        taken.put(need, p.id());
        turns.merge(p.id() + need.kind(), 1, Integer::sum);
        minutes.merge(p.id(), need.hours().minutes(), Integer::sum);
        if (!p.subject().isEmpty()) subjects.computeIfAbsent(need.day(), d -> new HashMap<>()).merge(p.subject(), 1, Integer::sum);
    }

    private void release(Need need, Person p, Map<Need, UUID> taken) {
        taken.remove(need);
        turns.merge(p.id() + need.kind(), -1, Integer::sum);
        minutes.merge(p.id(), -need.hours().minutes(), Integer::sum);
        if (!p.subject().isEmpty()) subjects.computeIfAbsent(need.day(), d -> new HashMap<>()).merge(p.subject(), -1, Integer::sum);
    }
}
