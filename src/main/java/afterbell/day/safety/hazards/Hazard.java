package afterbell.day.safety.hazards;

import afterbell.base.shared.Ids;
import afterbell.day.safety.Entry;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hazard as its entries tell it.
 *
 * @param check key of the checklist, or {@code other}
 * @param due the day until whose end it must be mended
 * @param responsible staff member
 */
public record Hazard(UUID id, String check, State state, LocalDate due, @Nullable UUID responsible, boolean severe, List<Entry> entries) {

    public enum State {
        OPEN,
        /** Mended with a photo; somebody else looks at it. */
        MENDED,
        CLOSED
    }

    /** Empty where the entries are of a round. */
    static Optional<Hazard> of(List<Entry> entries) {
        Entry first = entries.getFirst();
        if (!first.is("opened")) return Optional.empty();
        State state = State.OPEN;
        LocalDate due = LocalDate.parse(first.fact("due"));
        for (Entry e : entries) {
            switch (e.kind()) {
                case "mended" -> state = State.MENDED;
                case "confirmed" -> state = State.CLOSED;
                case "reopened" -> {
                    state = State.OPEN;
                    due = LocalDate.parse(e.fact("due"));
                }
                default -> {}
            }
        }
        return Optional.of(new Hazard(first.subject(), first.fact("check"), state, due, Ids.parse(first.fact("responsible")).orElse(null), first.fact("severe").equals("yes"), List.copyOf(entries)));
    }

    /** Not mended and the day is over. */
    public boolean overdue(LocalDate today) {
        return state == State.OPEN && today.isAfter(due);
    }

    boolean reminded(String which) {
        return entries.stream().anyMatch(e -> e.is("reminded") && e.fact("which").equals(which) && e.fact("due").equals(due.toString()));
    }
}
