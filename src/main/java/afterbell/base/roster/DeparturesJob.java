package afterbell.base.roster;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.web.Screen;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Carries out the departures of the day, on whichever node looks first. */
@Component
class DeparturesJob {
    private static final long EVERY_MINUTES = 30;

    private final Departures departures;
    private final EverySchool schools;
    private final Clock clock;
    private final ScheduledExecutorService look = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("departures").factory());

    DeparturesJob(Departures departures, EverySchool schools, Clock clock) {
        this.departures = departures;
        this.schools = schools;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        look.scheduleWithFixedDelay(this::tick, 1, EVERY_MINUTES, TimeUnit.MINUTES);
    }

    @PreDestroy
    void end() {
        look.shutdownNow();
    }

    private void tick() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        schools.run("departures", school -> departures.due(school, today));
    }
}
