package afterbell.term.placement.marking;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which marks a sent form changes. Two bands alone: 0, which also counts for whoever is not marked, before 1. A child that did not ask for this section
 * is not found.
 */
final class MarkPolicy {
    static final String PREFIX = "band-";

    private MarkPolicy() {}

    static String field(UUID pupil) {
        return PREFIX + pupil;
    }

    /**
     * @param stood each applicant's band so far, null where unmarked
     * @param sent fields by name; others than {@link #field} are passed over
     * @param rest whether everybody who is still unmarked gets band 0
     */
    static Outcome<Map<UUID, Integer>> changes(boolean open, Map<UUID, @Nullable Integer> stood, Map<String, String> sent, boolean rest) {
        if (!open) return Outcome.refused(new MarkRefusal.Over());
        Map<UUID, Integer> wanted = new HashMap<>();
        List<Refusal> refusals = new ArrayList<>();
        sent.forEach((name, value) -> {
            if (!name.startsWith(PREFIX)) return;
            UUID pupil = id(name.substring(PREFIX.length()));
            if (!stood.containsKey(pupil)) throw new NotFound();
            switch (value) {
                case "0" -> wanted.put(pupil, 0);
                case "1" -> wanted.put(pupil, 1);
                default -> refusals.add(new MarkRefusal.NoSuchBand(pupil));
            }
        });
        if (!refusals.isEmpty()) return Outcome.refused(refusals);
        if (rest) stood.forEach((pupil, band) -> {
            if (band == null) wanted.putIfAbsent(pupil, 0);
        });
        wanted.entrySet().removeIf(e -> e.getValue().equals(stood.get(e.getKey())));
        return Outcome.done(wanted);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound();
        }
    }
}
