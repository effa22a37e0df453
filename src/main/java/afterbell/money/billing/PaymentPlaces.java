package afterbell.money.billing;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Places of payments in the menu, at a school that charges; a carer sees no money. */
@Component
class PaymentPlaces implements NavSource {
    private final ChargingSchools charging;

    PaymentPlaces(ChargingSchools charging) {
        this.charging = charging;
    }

    @Override
    public List<Item> items() {
        return List.of(
                new Item("/payments", "billing.desk.nav", "money", 73, Set.of(Role.FINANCE, Role.PRINCIPAL, Role.OFFICE)),
                new Item("/refunds", "billing.tab.refunds", "undo", 74, Set.of(Role.FINANCE, Role.PRINCIPAL, Role.OFFICE)),
                new Item("/pay", "billing.pay.nav", "money", 60, Set.of(Role.GUARDIAN)));
    }

    @Override
    public boolean shows(Wearer wearer) {
        if (wearer.hat() != Hat.FAMILY) return charging.charge(wearer);
        return wearer.children(Role.GUARDIAN).stream().map(wearer::schoolOf).distinct().anyMatch(charging::charge);
    }
}
