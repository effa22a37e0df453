package afterbell.money.billing.bureau;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Rounds;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Makes the sums of all schools anew each hour. Every node may do so: the same books give the same sums. */
@Component
class FiguresJob {
    FiguresJob(Figures figures, EverySchool schools, Rounds rounds) {
        rounds.every("billing.figures", Duration.ofMinutes(10), Duration.ofHours(1), () -> schools.run("billing.figures", figures::make));
    }
}
