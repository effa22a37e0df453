package afterbell.day.safety.patrolling;

import afterbell.base.shared.Ids;
import afterbell.day.safety.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something found on a walk.
 *
 * @param rating minor or danger
 * @param contact the staff member who was told
 * @param told false where the contact has no account and must be telephoned
 * @param settledAt null while it is open
 */
public record Problem(UUID id, UUID place, String rating, @Nullable UUID contact, boolean told, Instant at, @Nullable Instant settledAt, List<Entry> entries) {
    /** Empty where the entries are of a walk that found everything in order. */
    static Optional<Problem> of(List<Entry> entries) {
        Entry first = entries.getFirst();
        if (!first.is("found")) return Optional.empty();
        Instant settled = entries.stream().filter(e -> e.is("settled")).map(Entry::at).findFirst().orElse(null);
        return Optional.of(new Problem(
                first.subject(), Ids.parse(first.fact("ref")).orElseThrow(), first.fact("rating"), Ids.parse(first.fact("contact")).orElse(null), first.fact("told").equals("yes"), first.at(), settled, List.copyOf(entries)));
    }

    public boolean open() {
        return settledAt == null;
    }

    public boolean danger() {
        return rating.equals("danger");
    }
}
