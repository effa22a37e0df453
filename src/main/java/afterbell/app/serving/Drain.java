package afterbell.app.serving;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The first step of a stop. {@code /health} answers 503 already; requests are still served for some seconds, so that a balancer sees it and sends nobody
 * here. Then no more are taken, those in flight end, the pool closes, and the embedded database stops.
 */
@Component
@ConditionalOnProperty("afterbell.serve")
final class Drain implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Drain.class);
    private final Duration grace;
    private volatile boolean running;

    Drain(@Value("${afterbell.drain:2}") int seconds) {
        this.grace = Duration.ofSeconds(Math.clamp(seconds, 0, 25));
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        log.info("stopping: not ready for new callers");
        try {
            Thread.sleep(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops before all else. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
