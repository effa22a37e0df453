package afterbell.day.custody.swipes;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
final class SwipesNav implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(new Item("/devices", "custody.device.nav", "card", 85, Set.of(Role.OFFICE)));
    }
}
