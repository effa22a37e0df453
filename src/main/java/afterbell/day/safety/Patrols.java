package afterbell.day.safety;

import afterbell.base.shared.Ids;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whether the grounds were walked on a day: asked before a school is cleared (R87, R88). */
@Component
@Transactional(readOnly = true)
public class Patrols {
    private final Ledger ledger;
    private final Places places;

    Patrols(Ledger ledger, Places places) {
        this.ledger = ledger;
        this.places = places;
    }

    /** An area on a day. @param at when it was walked last, null for not yet */
    public record Area(UUID id, String name, @Nullable Instant at) {}

    /** @param areas all of the school, by name; a school without areas has nothing to walk */
    public record Walk(List<Area> areas) {
        public List<Area> missing() {
            return areas.stream().filter(a -> a.at() == null).toList();
        }

        public boolean complete() {
            return missing().isEmpty();
        }
    }

    public Walk walked(UUID school, LocalDate day) {
        Map<UUID, Instant> last = new HashMap<>();
        ledger.begun(school, Book.PATROL, day, day).values().forEach(entries -> {
            Entry first = entries.getFirst();
            if (first.fact("place").equals("area")) Ids.parse(first.fact("ref")).ifPresent(ref -> last.merge(ref, first.at(), (a, b) -> a.isAfter(b) ? a : b));
        });
        return new Walk(places.of(school, day).stream().filter(p -> p.kind() == Place.Kind.AREA).map(p -> new Area(p.id(), p.name(), last.get(p.id()))).toList());
    }
}
