package afterbell.money.billing.bureau;

import afterbell.base.schools.EverySchool;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Makes the sums of all schools anew each hour. Every node may do so: the same books give the same sums. */
@Component
class FiguresJob {
    private final Figures figures;
    private final EverySchool schools;
    private final ScheduledExecutorService look = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("figures").factory());

    FiguresJob(Figures figures, EverySchool schools) {
        this.figures = figures;
        this.schools = schools;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        look.scheduleWithFixedDelay(() -> schools.run("billing.figures", figures::make), 10, 60, TimeUnit.MINUTES);
    }

    @PreDestroy
    void end() {
        look.shutdownNow();
    }
}
