package afterbell.day.duty;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Duty's place in the menu. */
@Component
final class DutyPlaces implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(new Item(
                "/duty", "duty.nav", "clock", 62, Set.of(Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GUARD, Role.FINANCE)));
    }
}
