package afterbell.money.billing;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** The one way to a first price where nothing is charged yet: it stands on every page of the office, so its name has no word about money (C7). */
@Component
class FirstPricePlaces implements NavSource {
    private final ChargingSchools charging;

    FirstPricePlaces(ChargingSchools charging) {
        this.charging = charging;
    }

    @Override
    public List<Item> items() {
        return List.of(new Item("/prices", "tariffs.nav.first", "rules", 104, PricePlaces.ROLES));
    }

    @Override
    public boolean shows(Wearer wearer) {
        return wearer.hat() == Hat.STAFF && !charging.prices(wearer);
    }
}
