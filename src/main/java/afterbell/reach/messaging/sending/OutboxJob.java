package afterbell.reach.messaging.sending;

import afterbell.base.shared.Ids;
import afterbell.base.shared.web.Traces;
import afterbell.reach.messaging.NoticeEvent;
import jakarta.annotation.PreDestroy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Works the outbox on this node: a look each second and at once after a notice was told; one line per channel, so that a slow mail server holds up
 * mails alone. Every node may do so: claims keep them apart. A node with {@code afterbell.outbox=false} leaves it to the others.
 */
@Component
class OutboxJob {
    private static final Logger log = LoggerFactory.getLogger(OutboxJob.class);

    private final Outbox outbox;
    private final Ids ids;
    private final boolean works;
    private final ScheduledExecutorService look = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("outbox").factory());
    private final Map<String, ExecutorService> lines = new HashMap<>();
    private final Set<String> queued = new HashSet<>();

    OutboxJob(Outbox outbox, Ids ids, @Value("${afterbell.outbox:true}") boolean works) {
        this.outbox = outbox;
        this.ids = ids;
        this.works = works;
        for (Channel c : outbox.channels()) lines.put(c.name(), Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("outbox-" + c.name().toLowerCase(Locale.ROOT)).factory()));
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (works) look.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(NoticeEvent.Told told) {
        if (!works) return;
        try {
            look.execute(() -> guarded("look", () -> begin(told.school())));
        } catch (RejectedExecutionException e) {
            // The node is going down: another one, or the next start, sees it in the table.
            log.debug("a notice waits for another node");
        }
    }

    private void tick() {
        guarded("look", () -> outbox.due().forEach(this::begin));
    }

    private void begin(UUID school) {
        outbox.prepare(school);
        List<Channel> channels = outbox.channels();
        for (Channel c : channels) {
            String what = c.name() + school;
            synchronized (queued) {
                if (!queued.add(what)) continue;
            }
            ExecutorService line = lines.get(c.name());
            if (line != null) line.execute(() -> guarded(c.name(), () -> drain(school, c, what)));
        }
    }

    private void drain(UUID school, Channel channel, String what) {
        // Asked for again while it works, it shall work again: so the mark goes before the work.
        synchronized (queued) {
            queued.remove(what);
        }
        if (outbox.send(school, channel) == Outbox.BATCH) begin(school);
    }

    private void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.atError().addKeyValue("incident", ids.next()).addKeyValue("what", what).addKeyValue("trace", Traces.of(e)).log("the outbox stumbled; it goes on with the next look");
        }
    }

    @PreDestroy
    void end() {
        look.shutdownNow();
        // A line finishes the message it has in hand: nothing becomes doubtful by a restart.
        lines.values().forEach(ExecutorService::shutdown);
        for (ExecutorService line : lines.values()) {
            try {
                if (!line.awaitTermination(20, TimeUnit.SECONDS)) line.shutdownNow();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                line.shutdownNow();
            }
        }
    }
}
