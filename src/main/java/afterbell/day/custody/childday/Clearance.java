package afterbell.day.custody.childday;

import java.util.Set;
import java.util.UUID;

/**
 * What the guardians and the office allow for one child on one day.
 *
 * @param collectors who may take the child, guardians and one-day delegates included
 * @param barred who may not, by a document that the office holds; wins over {@code collectors}
 * @param consents the consents (class line, walking home) that cover the day
 */
public record Clearance(Set<UUID> collectors, Set<UUID> barred, Set<UUID> consents) {
    public Clearance {
        collectors = Set.copyOf(collectors);
        barred = Set.copyOf(barred);
        consents = Set.copyOf(consents);
    }
}
