package afterbell.money.billing;

import afterbell.base.schools.EverySchool;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets payment orders go whose time is over, school by school, on whichever node looks first. */
@Component
class PaymentsJob {
    private static final long EVERY_MINUTES = 10;

    private final PayOrders orders;
    private final EverySchool schools;
    private final ScheduledExecutorService look = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("payment-orders").factory());

    PaymentsJob(PayOrders orders, EverySchool schools) {
        this.orders = orders;
        this.schools = schools;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        look.scheduleWithFixedDelay(() -> schools.run("payment orders", orders::expire), 2, EVERY_MINUTES, TimeUnit.MINUTES);
    }

    @PreDestroy
    void end() {
        look.shutdownNow();
    }
}
