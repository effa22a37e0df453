package afterbell.day.dismissal;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
final class DismissalNav implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(
                new Item("/gate", "dismissal.nav.gate", "gate", 14, Set.of(Role.SERVICE_TEACHER, Role.CLASS_TEACHER, Role.GUARD, Role.DUTY_LEADER)),
                new Item("/clearing", "dismissal.nav.clearing", "check", 16, Set.of(Role.DUTY_LEADER, Role.PRINCIPAL, Role.OFFICE)),
                new Item("/ways-home", "dismissal.nav.ways", "home", 58, Set.of(Role.OFFICE)));
    }
}
