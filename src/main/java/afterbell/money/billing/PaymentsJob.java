package afterbell.money.billing;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Rounds;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Lets payment orders go whose time is over, school by school, on whichever node looks first. */
@Component
class PaymentsJob {
    private static final Duration EVERY = Duration.ofMinutes(10);

    PaymentsJob(PayOrders orders, EverySchool schools, Rounds rounds) {
        rounds.every("payment-orders", Duration.ofMinutes(2), EVERY, () -> schools.run("payment orders", orders::expire));
    }
}
