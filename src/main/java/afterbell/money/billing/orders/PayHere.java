package afterbell.money.billing.orders;

import afterbell.money.billing.PayWays;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Leads from a statement to the page that says how to pay. */
@Component
final class PayHere implements PayWays {
    @Override
    public List<Way> ways(UUID school, UUID pupil, long dueFen) {
        return List.of(new Way("/pay", "billing.pay.here", true));
    }
}
