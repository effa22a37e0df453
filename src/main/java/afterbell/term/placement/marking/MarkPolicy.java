package afterbell.term.placement.marking;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.term.placement.Marks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which marks a sent form changes. Two bands: 0, which also counts for whoever is not marked, before 1; or declined, for one reason of a list and never
 * more than a share of the applicants. A child that did not ask for this section is not found.
 */
final class MarkPolicy {
    static final String PREFIX = "band-";
    static final String WHY = "no-";

    private MarkPolicy() {}

    static String field(UUID pupil) {
        return PREFIX + pupil;
    }

    static String whyField(UUID pupil) {
        return WHY + pupil;
    }

    /** What is said of a child. @param refused one of {@link Marks#REASONS}, or null where it is not declined */
    record Mark(int band, @Nullable String refused) {}

    /**
     * @param stood what stands of each applicant, null where unmarked
     * @param sent fields by name; others than {@link #field} and {@link #whyField} are passed over
     * @param rest whether everybody who is still unmarked gets band 0
     * @param percent the largest share of the applicants that may be declined
     */
    static Outcome<Map<UUID, Mark>> changes(boolean open, Map<UUID, @Nullable Mark> stood, Map<String, String> sent, boolean rest, int percent) {
        if (!open) return Outcome.refused(new MarkRefusal.Over());
        Map<UUID, Mark> wanted = new HashMap<>();
        List<Refusal> refusals = new ArrayList<>();
        sent.forEach((name, value) -> {
            if (!name.startsWith(PREFIX)) return;
            UUID pupil = applicant(name.substring(PREFIX.length()), stood);
            switch (value) {
                case "0", "1" -> wanted.put(pupil, new Mark(Integer.parseInt(value), refusedOf(stood.get(pupil))));
                default -> refusals.add(new MarkRefusal.NoSuchBand(pupil));
            }
        });
        sent.forEach((name, value) -> {
            if (!name.startsWith(WHY)) return;
            UUID pupil = applicant(name.substring(WHY.length()), stood);
            @Nullable Mark now = wanted.getOrDefault(pupil, stood.get(pupil));
            if (value.isEmpty()) {
                if (now != null) wanted.put(pupil, new Mark(now.band(), null));
            } else if (Marks.REASONS.contains(value)) wanted.put(pupil, new Mark(now == null ? 0 : now.band(), value));
            else refusals.add(new MarkRefusal.NoSuchReason(pupil));
        });
        if (!refusals.isEmpty()) return Outcome.refused(refusals);
        if (rest) stood.forEach((pupil, mark) -> {
            if (mark == null) wanted.putIfAbsent(pupil, new Mark(0, null));
        });
        Map<UUID, @Nullable Mark> after = new HashMap<>(stood);
        after.putAll(wanted);
        int most = stood.size() * percent / 100;
        List<UUID> declined = after.entrySet().stream().filter(e -> refusedOf(e.getValue()) != null).map(Map.Entry::getKey).sorted().toList();
        boolean more = wanted.entrySet().stream().anyMatch(e -> e.getValue().refused() != null && refusedOf(stood.get(e.getKey())) == null);
        if (more && declined.size() > most) {
            UUID newest = declined.stream().filter(p -> refusedOf(stood.get(p)) == null).findFirst().orElse(declined.getLast());
            return Outcome.refused(new MarkRefusal.TooMany(newest, most, stood.size()));
        }
        wanted.entrySet().removeIf(e -> e.getValue().equals(stood.get(e.getKey())));
        return Outcome.done(wanted);
    }

    private static @Nullable String refusedOf(@Nullable Mark mark) {
        return mark == null ? null : mark.refused();
    }

    private static UUID applicant(String text, Map<UUID, @Nullable Mark> stood) {
        UUID pupil;
        try {
            pupil = UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound();
        }
        if (!stood.containsKey(pupil)) throw new NotFound();
        return pupil;
    }
}
