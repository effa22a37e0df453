package afterbell.term.programme;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Places of this room in the menu. */
@Component
class ProgrammePlaces implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(new Item(
                "/programme",
                "programme.nav",
                "week",
                25,
                Set.of(Role.OFFICE, Role.PRINCIPAL, Role.GRADE_HEAD, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.DUTY_LEADER, Role.SUPERVISOR)));
    }
}
