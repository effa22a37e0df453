package afterbell.desk.desk.first;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The first place of everybody's menu. */
@Component
final class FirstNav implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(new Item("/", "desk.first.nav", "home", 0, Set.of(Role.values())));
    }
}
