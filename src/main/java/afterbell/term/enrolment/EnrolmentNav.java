package afterbell.term.enrolment;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
class EnrolmentNav implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(
                new Item("/sheets", "enrolment.nav.sheets", "list", 20, Set.of(Role.GUARDIAN, Role.CARER)),
                new Item("/answers", "enrolment.nav.class", "list", 30, Set.of(Role.CLASS_TEACHER)),
                new Item("/rounds", "enrolment.nav.rounds", "list", 40, Set.of(Role.OFFICE, Role.PRINCIPAL)));
    }
}
