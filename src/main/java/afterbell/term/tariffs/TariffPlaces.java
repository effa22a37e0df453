package afterbell.term.tariffs;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Places of this room in the menu. */
@Component
class TariffPlaces implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(new Item("/prices", "tariffs.nav", "money", 29, Set.of(Role.OFFICE, Role.PRINCIPAL, Role.FINANCE)));
    }
}
