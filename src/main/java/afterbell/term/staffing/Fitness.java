package afterbell.term.staffing;

import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether an outside provider or an outside teacher may lead children.
 *
 * @param id provider or staff member
 * @param missing checks that no valid paper covers on the asked day; empty = fit
 * @param until last day of fitness, null = without end; meaningless where something is missing
 */
public record Fitness(UUID id, String name, Set<Vetting.Kind> missing, @Nullable LocalDate until) {
    public boolean fit() {
        return missing.isEmpty();
    }
}
