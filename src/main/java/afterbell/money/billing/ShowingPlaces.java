package afterbell.money.billing;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Places of pay, spending, reconciling and publication in the menu, at a school that charges. */
@Component
class ShowingPlaces implements NavSource {
    private static final Set<Role> STAFF = Set.of(Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.DUTY_LEADER, Role.GUARD, Role.OFFICE, Role.PRINCIPAL, Role.FINANCE);

    private final ChargingSchools charging;

    ShowingPlaces(ChargingSchools charging) {
        this.charging = charging;
    }

    @Override
    public boolean shows(Wearer wearer) {
        return charging.charge(wearer);
    }

    @Override
    public List<Item> items() {
        return List.of(
                new Item("/my-pay", "billing.nav.mine", "money", 76, STAFF),
                new Item("/money/pay", "billing.nav.pay", "teacher", 77, Set.of(Role.FINANCE, Role.PRINCIPAL)),
                new Item("/money/spending", "billing.nav.spending", "list", 78, Set.of(Role.FINANCE, Role.PRINCIPAL, Role.OFFICE)),
                new Item("/money/reconciling", "billing.nav.reconciling", "scale", 74, Set.of(Role.FINANCE, Role.PRINCIPAL, Role.OFFICE)),
                new Item("/money/publications", "billing.nav.publications", "eye", 79, Set.of(Role.FINANCE, Role.PRINCIPAL, Role.OFFICE)));
    }
}
