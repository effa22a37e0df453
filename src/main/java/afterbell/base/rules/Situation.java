package afterbell.base.rules;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a question about a rule is about. What is left open matches only rules that don't ask for it.
 *
 * @param region code of GB/T 2260, two to twelve digits; empty asks for what holds nationally
 * @param stages all stages that the question is about; a rule for juniors answers for a school of juniors only, not for a nine-year school as a whole
 */
public record Situation(
        String region,
        LocalDate date,
        Set<Stage> stages,
        @Nullable ServiceClass service,
        @Nullable Ownership ownership,
        @Nullable Location location) {

    public Situation {
        if (!region.matches("\\d{0,12}")) throw new IllegalArgumentException("not a region code: " + region);
        stages = Set.copyOf(stages);
    }

    public static Situation of(String region, LocalDate date) {
        return new Situation(region, date, Set.of(), null, null, null);
    }

    public Situation on(LocalDate day) {
        return new Situation(region, day, stages, service, ownership, location);
    }

    public Situation of(Stage... only) {
        return new Situation(region, date, Set.of(only), service, ownership, location);
    }

    public Situation of(ServiceClass of) {
        return new Situation(region, date, stages, of, ownership, location);
    }

    public Situation of(Ownership of) {
        return new Situation(region, date, stages, service, of, location);
    }

    public Situation at(Location where) {
        return new Situation(region, date, stages, service, ownership, where);
    }
}
