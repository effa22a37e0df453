package afterbell.reach.documents;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
class DocumentsNav implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(
                new Item("/letters", "documents.nav.family", "letter", 40, Set.of(Role.GUARDIAN, Role.CARER)),
                new Item("/class/letters", "documents.nav.class", "letter", 40, Set.of(Role.CLASS_TEACHER)),
                new Item("/office/letters", "documents.nav.office", "letter", 40, Set.of(Role.OFFICE, Role.PRINCIPAL)));
    }
}
