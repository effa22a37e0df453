package afterbell.money.billing;

import afterbell.base.rules.RuleShade;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Rules about fees and pay are listed where prices show (C7). */
@Component
class FeeRules implements RuleShade {
    private static final Set<String> OF_MONEY = Set.of("fee", "pay");

    private final ChargingSchools charging;

    FeeRules(ChargingSchools charging) {
        this.charging = charging;
    }

    @Override
    public boolean hides(UUID school, String area) {
        return OF_MONEY.contains(area) && !charging.prices(school);
    }
}
