package afterbell.base.shared;

import afterbell.base.shared.web.Traces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Work that comes round as long as the house runs: each with a thread of its own, from when the house is ready until it closes. A round that fails is logged with
 * an incident id and the next one comes all the same. A plain scheduled executor would never call it again: after one lost connection no day would be
 * opened and no late child told of until somebody starts the house anew.
 */
@Component
public class Rounds {
    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private final Ids ids;
    private final List<Round> waiting = new ArrayList<>();
    private final List<ScheduledExecutorService> running = new ArrayList<>();
    private boolean open;
    private boolean over;

    public Rounds(Ids ids) {
        this.ids = ids;
    }

    private record Round(String name, Duration first, Duration pause, Runnable work) {}

    /**
     * @param name of the job, as it stands in the log
     * @param first from when the house is ready
     * @param pause between the end of a round and the begin of the next
     */
    public synchronized void every(String name, Duration first, Duration pause, Runnable work) {
        Round round = new Round(name, first, pause, work);
        if (open) begin(round);
        else waiting.add(round);
    }

    public void every(String name, Duration pause, Runnable work) {
        every(name, pause, pause, work);
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void begin() {
        open = true;
        waiting.forEach(this::begin);
        waiting.clear();
    }

    private void begin(Round round) {
        if (over) return;
        ScheduledExecutorService own = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name(round.name).factory());
        own.scheduleWithFixedDelay(() -> go(round), round.first.toMillis(), round.pause.toMillis(), TimeUnit.MILLISECONDS);
        running.add(own);
    }

    private void go(Round round) {
        try {
            round.work.run();
        } catch (RuntimeException e) {
            // What is cut off because the house closes is no failure.
            if (!Thread.currentThread().isInterrupted()) log.atError().addKeyValue("incident", ids.next()).addKeyValue("job", round.name).addKeyValue("trace", Traces.of(e)).log("a job failed");
        }
    }

    @EventListener(ContextClosedEvent.class)
    synchronized void end() {
        over = true;
        running.forEach(ScheduledExecutorService::shutdownNow);
    }
}
