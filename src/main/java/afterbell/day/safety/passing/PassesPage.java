package afterbell.day.safety.passing;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** @param found what the search found @param out children let out today */
public record PassesPage(String q, List<Row> found, List<Pass> leaves, Set<UUID> out) {
    public record Row(UUID id, String name, String schoolClass) {}
}
