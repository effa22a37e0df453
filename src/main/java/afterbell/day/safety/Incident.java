package afterbell.day.safety;

import afterbell.base.shared.Ids;
import afterbell.base.shared.web.Screen;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An incident or a drill as its entries tell it.
 *
 * @param plan key of the plan, with the version that was opened
 * @param done steps done, by number from 0, with the entry that says so
 * @param counts the latest head count of each room
 * @param children of whom it is about, as far as somebody said so
 * @param notices ids of what guardians were told, in their order
 * @param hurt people hurt, as the closing says; -1 before
 */
public record Incident(
        UUID id,
        String plan,
        int version,
        boolean drill,
        Instant openedAt,
        @Nullable UUID openedBy,
        Map<Integer, Entry> done,
        Map<UUID, Entry> counts,
        Set<UUID> children,
        List<UUID> notices,
        @Nullable Instant closedAt,
        int hurt,
        List<Entry> entries) {

    public static Incident of(List<Entry> entries) {
        Entry first = entries.getFirst();
        Map<Integer, Entry> done = new LinkedHashMap<>();
        Map<UUID, Entry> counts = new LinkedHashMap<>();
        Set<UUID> children = new LinkedHashSet<>();
        List<UUID> notices = new ArrayList<>();
        Instant closed = null;
        int hurt = -1;
        for (Entry e : entries) {
            switch (e.kind()) {
                case "done" -> done.put(Integer.valueOf(e.fact("step")), e);
                case "undone" -> done.remove(Integer.valueOf(e.fact("step")));
                case "counted" -> Ids.parse(e.fact("room")).ifPresent(r -> counts.put(r, e));
                case "child" -> Ids.parse(e.fact("pupil")).ifPresent(children::add);
                case "told" -> Ids.parse(e.fact("notice")).ifPresent(notices::add);
                case "closed" -> {
                    closed = e.at();
                    hurt = Integer.parseInt(e.fact("hurt"));
                }
                default -> {}
            }
        }
        return new Incident(first.subject(), first.fact("plan"), Integer.parseInt(first.fact("version")), first.fact("drill").equals("yes"), first.at(), first.by(), done, counts, children, notices, closed, hurt, List.copyOf(entries));
    }

    /** The day on which it was opened. */
    public LocalDate day() {
        return LocalDate.ofInstant(openedAt, Screen.ZONE);
    }

    public boolean open() {
        return closedAt == null;
    }

    /** Children counted in all rooms. */
    public int counted() {
        return counts.values().stream().mapToInt(e -> Integer.parseInt(e.fact("found"))).sum();
    }
}
