package afterbell.day.safety;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The room's places in the menu. */
@Component
final class SafetyNav implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(
                new Item("/incidents", "safety.nav.incidents", "alert", 40, Set.of(Role.GUARD, Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL)),
                new Item("/visits", "safety.nav.visits", "gate", 41, Set.of(Role.GUARD, Role.DUTY_LEADER, Role.OFFICE)),
                new Item("/patrol", "safety.nav.patrol", "pin", 42, Set.of(Role.GUARD, Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL)),
                new Item("/hazards", "safety.nav.hazards", "shield", 43, Set.of(Role.GUARD, Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL)));
    }
}
