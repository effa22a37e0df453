package afterbell.money.billing.publishing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Puts figures together until nobody can be told from them: each row stands on k people at least. Pure. */
final class Crowd {
    static final String OTHER = "other";

    private Crowd() {}

    /** A figure and the people behind it. */
    record Row(String key, Set<UUID> people, long times, long fen) {
        Row {
            people = Set.copyOf(people);
        }

        Row and(Row more) {
            Set<UUID> all = new HashSet<>(people);
            all.addAll(more.people);
            return new Row(OTHER, all, times + more.times, fen + more.fen);
        }
    }

    /** Rows of fewer than k people become one; where that one is still too small it takes the smallest of the rest. Empty where all of them together are too few. */
    static List<Row> of(List<Row> rows, int k) {
        List<Row> large = new ArrayList<>(rows.stream().filter(r -> r.people().size() >= k).sorted(Comparator.comparingInt((Row r) -> r.people().size()).thenComparing(Row::key)).toList());
        List<Row> small = rows.stream().filter(r -> r.people().size() < k).toList();
        if (!small.isEmpty()) {
            Row other = small.stream().reduce(new Row(OTHER, Set.of(), 0, 0), Row::and);
            while (other.people().size() < k && !large.isEmpty()) other = other.and(large.removeFirst());
            if (other.people().size() < k) return List.of();
            large.add(other);
        }
        large.sort(Comparator.comparingLong(Row::fen).reversed().thenComparing(Row::key));
        return List.copyOf(large);
    }
}
