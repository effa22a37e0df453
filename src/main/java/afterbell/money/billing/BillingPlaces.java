package afterbell.money.billing;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Places of charges and statements in the menu, at a school that charges. */
@Component
class BillingPlaces implements NavSource {
    private final ChargingSchools charging;

    BillingPlaces(ChargingSchools charging) {
        this.charging = charging;
    }

    @Override
    public List<Item> items() {
        Set<Role> roles = Set.of(Role.FINANCE, Role.PRINCIPAL, Role.OFFICE);
        return List.of(new Item("/charges", "billing.nav.charges", "money", 71, roles), new Item("/tariff", "billing.nav.tariff", "rules", 72, roles), new Item("/bills", "billing.nav.bills", "money", 73, Set.of(Role.GUARDIAN)));
    }

    @Override
    public boolean shows(Wearer wearer) {
        return charging.charge(wearer);
    }
}
