package afterbell.base.rules.engine;

import afterbell.base.rules.Bilingual;
import afterbell.base.rules.Location;
import afterbell.base.rules.Ownership;
import afterbell.base.rules.Rule;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.Severity;
import afterbell.base.rules.Situation;
import afterbell.base.rules.Stage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a pack.
 *
 * @param floor smaller regions and schools may tighten it, never loosen it
 * @param stages empty: all; likewise services
 */
public record RuleEntry<T>(
        Rule<T> rule,
        T value,
        Severity severity,
        boolean floor,
        String code,
        Bilingual text,
        Bilingual instead,
        String requirement,
        Set<Stage> stages,
        Set<ServiceClass> services,
        @Nullable Ownership ownership,
        @Nullable Location location,
        int line) {

    public RuleEntry {
        stages = Set.copyOf(stages);
        services = Set.copyOf(services);
    }

    boolean fits(Situation s) {
        return (stages.isEmpty() || !s.stages().isEmpty() && stages.containsAll(s.stages()))
                && (services.isEmpty() || s.service() != null && services.contains(s.service()))
                && (ownership == null || ownership == s.ownership())
                && (location == null || location == s.location());
    }

    /** How many questions the entry asks; the more, the more particular. */
    int conditions() {
        return (stages.isEmpty() ? 0 : 1) + (services.isEmpty() ? 0 : 1) + (ownership == null ? 0 : 1) + (location == null ? 0 : 1);
    }

    /** Whether some situation fits both, so that two entries equally particular would tie. */
    boolean meets(RuleEntry<?> other) {
        return (stages.isEmpty() || other.stages.isEmpty() || stages.stream().anyMatch(other.stages::contains))
                && (services.isEmpty() || other.services.isEmpty() || services.stream().anyMatch(other.services::contains))
                && (ownership == null || other.ownership == null || ownership == other.ownership)
                && (location == null || other.location == null || location == other.location);
    }

    public boolean isUnconditional() {
        return conditions() == 0;
    }

    public String shown() {
        return rule.kind().write(value);
    }
}
