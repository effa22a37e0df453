package afterbell.term.timetable;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Ids;
import afterbell.base.shared.web.Screen;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Days can change without an act of the school: a bureau confirms the holidays of a year, a release ships new ones. Every few minutes each school's running
 * and coming terms are compared with what their sessions were made from, and filled again where they differ. Repeated or on many nodes it is the same.
 */
@Component
class FollowHolidaysJob {
    private static final Logger log = LoggerFactory.getLogger(FollowHolidaysJob.class);
    private static final long EVERY_SECONDS = 300;

    private final Sessions sessions;
    private final Calendars calendars;
    private final EverySchool schools;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Ids ids;
    private final ScheduledExecutorService look = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("follow-holidays").factory());

    FollowHolidaysJob(Sessions sessions, Calendars calendars, EverySchool schools, TransactionTemplate transactions, Clock clock, Ids ids) {
        this.sessions = sessions;
        this.calendars = calendars;
        this.schools = schools;
        this.transactions = transactions;
        this.clock = clock;
        this.ids = ids;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        look.scheduleWithFixedDelay(this::tick, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        look.shutdownNow();
    }

    private void tick() {
        try {
            schools.run("follow-holidays", this::of);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("incident", ids.next()).addKeyValue("kind", e.getClass().getName()).log("looking for changed days failed");
        }
    }

    /** Under the school's scope. */
    void of(UUID school) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        List<Term> terms = transactions.execute(t -> calendars.terms(school));
        if (terms == null) return;
        terms.stream().filter(term -> !term.dates().last().isBefore(today)).forEach(term -> sessions.catchUp(school, term.id()));
    }
}
