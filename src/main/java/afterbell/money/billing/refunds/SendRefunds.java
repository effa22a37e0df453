package afterbell.money.billing.refunds;

import afterbell.base.schools.EverySchool;
import afterbell.money.billing.BackToPayer;
import afterbell.money.billing.Refunds;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Sends refunds back through their channels, some at a time. Each is marked before the channel is asked and carries its own number, so a node killed in between
 * leaves only questions that may be asked again; another node asks them after a while.
 */
@Component
class SendRefunds {
    static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int AT_ONCE = 20;
    private static final long EVERY_SECONDS = 10;

    private final Refunds refunds;
    private final ObjectProvider<BackToPayer> channels;
    private final EverySchool schools;
    private final Clock clock;
    private final ScheduledExecutorService look = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("refunds").factory());

    SendRefunds(Refunds refunds, ObjectProvider<BackToPayer> channels, EverySchool schools, Clock clock) {
        this.refunds = refunds;
        this.channels = channels;
        this.schools = schools;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        look.scheduleWithFixedDelay(() -> schools.run("refunds", this::run), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        look.shutdownNow();
    }

    /** Goes on until nothing waits. Answers how many were asked for. */
    int run(UUID school) {
        BackToPayer channel = channels.getIfAvailable();
        if (channel == null || !channel.serves(school)) return 0;
        int asked = 0;
        for (List<Refunds.Row> rows = claim(school); !rows.isEmpty(); rows = claim(school)) {
            for (Refunds.Row row : rows) refunds.answered(school, row, channel.send(school, row.wanted()));
            asked += rows.size();
        }
        return asked;
    }

    private List<Refunds.Row> claim(UUID school) {
        return refunds.claim(school, AT_ONCE, clock.instant().minus(PATIENCE));
    }
}
