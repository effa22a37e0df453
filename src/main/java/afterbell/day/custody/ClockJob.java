package afterbell.day.custody;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Traces;
import jakarta.annotation.PreDestroy;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The clock of law 2: opens each school's day, looks twice a second whose standing the time has changed, and now and then looks up the plans again, should a
 * change have come by a way that told nobody. Several nodes share the work: a child that one is just reading is left out by the others.
 */
@Component
class ClockJob {
    private static final Logger log = LoggerFactory.getLogger(ClockJob.class);
    private static final long EVERY_MILLIS = 500;
    private static final Duration OPEN_EVERY = Duration.ofMinutes(1);
    /** A school that has nothing to open, or has opened its day, is asked again after this long. */
    private static final Duration ASK_AGAIN = Duration.ofMinutes(10);
    private static final Duration REPLAN_EVERY = Duration.ofMinutes(3);

    private final ChildDays days;
    private final DayOpening opening;
    private final EverySchool schools;
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;
    private final Map<UUID, Long> asked = new ConcurrentHashMap<>();
    private final ScheduledExecutorService look = Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("custody-", 0).factory());

    ClockJob(ChildDays days, DayOpening opening, EverySchool schools, JdbcClient sql, TransactionTemplate transactions, Ids ids, Clock clock) {
        this.days = days;
        this.opening = opening;
        this.schools = schools;
        this.sql = sql;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        look.scheduleWithFixedDelay(this::ring, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        look.scheduleWithFixedDelay(this::open, 5, OPEN_EVERY.toSeconds(), TimeUnit.SECONDS);
        look.scheduleWithFixedDelay(this::replan, REPLAN_EVERY.toSeconds(), REPLAN_EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        look.shutdownNow();
    }

    /** One look for the whole node, then one school after the other; a school that fails stops no other and is looked at again at once. */
    private void ring() {
        try {
            List<UUID> due = Scopes.within(Scope.DOOR, () -> transactions.execute(t -> sql.sql("select s from custody.door_due(:now) s")
                    .param("now", Timestamp.from(clock.instant()))
                    .query(UUID.class)
                    .list()));
            if (due != null) due.forEach(this::tick);
        } catch (RuntimeException e) {
            failed(e, null);
        }
    }

    private void tick(UUID school) {
        try {
            Scopes.within(Scope.school(school, null), () -> days.tick(school));
        } catch (RuntimeException e) {
            failed(e, school);
        }
    }

    private void failed(RuntimeException e, @org.jspecify.annotations.Nullable UUID school) {
        log.atError().addKeyValue("incident", ids.next()).addKeyValue("job", "custody-clock").addKeyValue("school", school == null ? "" : school).addKeyValue("trace", Traces.of(e)).log("a job failed");
    }

    private void open() {
        LocalDate today = today();
        long now = System.nanoTime();
        schools.run("custody-open", school -> {
            Long before = asked.get(school);
            if (before != null && now - before < ASK_AGAIN.toNanos()) return;
            opening.open(school, today);
            asked.put(school, now);
        });
    }

    private void replan() {
        LocalDate today = today();
        schools.run("custody-replan", school -> days.replan(school, today));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
