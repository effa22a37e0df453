package afterbell.day.safety;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The room's places in the menu. The guard's are first: who comes, who may go. */
@Component
final class SafetyNav implements NavSource {
    private static final Set<Role> GATE = Set.of(Role.GUARD, Role.DUTY_LEADER, Role.OFFICE);
    private static final Set<Role> WALK = Set.of(Role.GUARD, Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL);

    @Override
    public List<Item> items() {
        return List.of(
                new Item("/visits", "safety.nav.visits", "gate", 41, GATE),
                new Item("/passes", "safety.nav.passes", "card", 42, GATE),
                new Item("/patrol", "safety.nav.patrol", "pin", 43, WALK),
                new Item("/incidents", "safety.nav.incidents", "alert", 44, Set.of(Role.GUARD, Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD)),
                new Item("/care", "safety.nav.care", "edit", 45, Set.of(Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL, Role.CLASS_TEACHER, Role.SERVICE_TEACHER)),
                new Item("/hazards", "safety.nav.hazards", "shield", 46, WALK),
                new Item("/safety/registers/visits", "safety.nav.registers", "book", 47, Set.of(Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL)));
    }
}
