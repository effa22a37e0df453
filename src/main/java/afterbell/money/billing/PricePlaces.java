package afterbell.money.billing;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Where the school keeps its price documents: by that name where prices show. */
@Component
class PricePlaces implements NavSource {
    static final Set<Role> ROLES = Set.of(Role.OFFICE, Role.PRINCIPAL, Role.FINANCE);

    private final ChargingSchools charging;

    PricePlaces(ChargingSchools charging) {
        this.charging = charging;
    }

    @Override
    public List<Item> items() {
        return List.of(new Item("/prices", "tariffs.nav", "money", 29, ROLES));
    }

    @Override
    public boolean shows(Wearer wearer) {
        return charging.prices(wearer);
    }
}
