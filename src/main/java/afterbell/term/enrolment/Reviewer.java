package afterbell.term.enrolment;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Whose sheets a person reviews in one step of the chain (R57): the class teacher its classes, the grade head its grades, principal or service office the
 * school, the service office the last arrangement.
 *
 * @param whole every child of the school
 */
public record Reviewer(boolean whole, Set<UUID> classes, Set<Integer> grades) {
    private static final Reviewer SCHOOL = new Reviewer(true, Set.of(), Set.of());

    public Reviewer {
        classes = Set.copyOf(classes);
        grades = Set.copyOf(grades);
    }

    /** @param step one of {@code class, grade, school, office}; empty where the step is another person's */
    public static Optional<Reviewer> of(Wearer me, String step) {
        return switch (step) {
            case "class" -> me.classes().isEmpty() ? Optional.empty() : Optional.of(new Reviewer(false, me.classes(), Set.of()));
            case "grade" -> me.grades().isEmpty() ? Optional.empty() : Optional.of(new Reviewer(false, Set.of(), me.grades()));
            case "school" -> me.is(Role.PRINCIPAL, Role.OFFICE) ? Optional.of(SCHOOL) : Optional.empty();
            case "office" -> me.is(Role.OFFICE) ? Optional.of(SCHOOL) : Optional.empty();
            default -> Optional.empty();
        };
    }

    boolean answersFor(UUID schoolClass, int grade) {
        return whole || classes.contains(schoolClass) || grades.contains(grade);
    }
}
