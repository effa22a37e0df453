package afterbell.term.staffing;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Places of this room in the menu. */
@Component
class StaffingPlaces implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(new Item("/staffing", "staffing.nav", "person", 27, Set.of(Role.OFFICE, Role.PRINCIPAL, Role.GRADE_HEAD)));
    }
}
