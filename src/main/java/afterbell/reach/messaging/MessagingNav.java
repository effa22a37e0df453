package afterbell.reach.messaging;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A person's own messages hang on the bell of every page and need no place in the menu. */
@Component
class MessagingNav implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(
                new Item("/class/notices", "messaging.nav.told", "message", 45, Set.of(Role.CLASS_TEACHER)),
                new Item("/office/notices", "messaging.nav.told", "message", 45, Set.of(Role.OFFICE, Role.PRINCIPAL)));
    }
}
