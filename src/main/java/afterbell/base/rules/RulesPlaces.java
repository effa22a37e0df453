package afterbell.base.rules;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
class RulesPlaces implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(
                new Item("/rules", "rules.nav", "rules", 800, Set.of(Role.OFFICE, Role.PRINCIPAL, Role.SUPERVISOR)),
                new Item("/bureau/rules", "rules.nav", "rules", 800, Set.of(Role.BUREAU)));
    }
}
