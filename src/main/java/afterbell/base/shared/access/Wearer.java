package afterbell.base.shared.access;

import afterbell.base.shared.NotFound;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The person of a request under the one hat it wears. A handler takes it as a parameter.
 *
 * @param name how the person is greeted
 * @param grants the roles that belong to this hat (and, for staff, to this school)
 * @param strong true where the session proved a second factor
 */
public record Wearer(UUID account, String name, Hat hat, List<Grant> grants, boolean strong) {

    /**
     * A role on a scope.
     *
     * @param school null only for a bureau role
     * @param klass class for CLASS_TEACHER
     * @param grade 1-12 for GRADE_HEAD
     * @param pupil child for GUARDIAN, CARER, COLLECTOR
     * @param bureau node for BUREAU
     */
    public record Grant(Role role, @Nullable UUID school, @Nullable UUID klass, @Nullable Integer grade, @Nullable UUID pupil, @Nullable UUID bureau) {}

    public boolean is(Role... roles) {
        Set<Role> wanted = Set.of(roles);
        return grants.stream().anyMatch(g -> wanted.contains(g.role()));
    }

    /** The one school of a staff hat. */
    public UUID school() {
        return grants.stream().map(Grant::school).filter(s -> s != null).findFirst().orElseThrow(NotFound::new);
    }

    /** Classes of a class teacher, first hand or deputy. */
    public Set<UUID> classes() {
        return grants.stream().filter(g -> g.role() == Role.CLASS_TEACHER && g.klass() != null).map(Grant::klass).collect(Collectors.toUnmodifiableSet());
    }

    public Set<Integer> grades() {
        return grants.stream().filter(g -> g.role() == Role.GRADE_HEAD && g.grade() != null).map(Grant::grade).collect(Collectors.toUnmodifiableSet());
    }

    /** Children with any of the named roles. */
    public List<UUID> children(Role... roles) {
        Collection<Role> wanted = roles.length == 0 ? Set.of(Role.GUARDIAN, Role.CARER, Role.COLLECTOR) : Set.of(roles);
        return grants.stream().filter(g -> wanted.contains(g.role()) && g.pupil() != null).map(Grant::pupil).distinct().toList();
    }

    /** The school of one of the wearer's children; a child that is not the wearer's is not found. */
    public UUID schoolOf(UUID child) {
        return grants.stream().filter(g -> child.equals(g.pupil()) && g.school() != null).map(Grant::school).findFirst().orElseThrow(NotFound::new);
    }

    public Scope scope() {
        return switch (hat) {
            case FAMILY -> Scope.family(account, grants.stream().map(Grant::school).filter(s -> s != null).distinct().toList(), children());
            case STAFF -> Scope.school(school(), account);
            case BUREAU -> Scope.bureau(grants.stream().map(Grant::bureau).filter(b -> b != null).findFirst().orElseThrow(NotFound::new), account);
            case ACCOUNT, PUBLIC, DOOR -> Scope.account(account);
        };
    }
}
