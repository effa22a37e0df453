package afterbell.day.custody;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Rounds;
import afterbell.base.shared.web.Screen;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The clock of law 2: opens each school's day, looks twice a second whose standing the time has changed, and now and then looks up the plans again, should a
 * change have come by a way that told nobody. Several nodes share the work: a child that one is just reading is left out by the others.
 */
@Component
class ClockJob {
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration OPEN_EVERY = Duration.ofMinutes(1);
    /** A school that has nothing to open, or has opened its day, is asked again after this long. */
    private static final Duration ASK_AGAIN = Duration.ofMinutes(10);
    private static final Duration REPLAN_EVERY = Duration.ofMinutes(3);

    private final ChildDays days;
    private final DayOpening opening;
    private final EverySchool schools;
    private final JdbcClient sql;
    private final Clock clock;
    private final Map<UUID, Long> asked = new ConcurrentHashMap<>();

    ClockJob(ChildDays days, DayOpening opening, EverySchool schools, Rounds rounds, JdbcClient sql, Clock clock) {
        this.days = days;
        this.opening = opening;
        this.schools = schools;
        this.sql = sql;
        this.clock = clock;
        rounds.every("custody-clock", EVERY, this::ring);
        rounds.every("custody-open", Duration.ofSeconds(5), OPEN_EVERY, this::open);
        rounds.every("custody-replan", REPLAN_EVERY, this::replan);
    }

    /** One look for the whole node, then one school after the other; a school that fails stops no other and is looked at again at once. */
    private void ring() {
        Timestamp now = Timestamp.from(clock.instant());
        schools.run("custody-clock", () -> sql.sql("select s from custody.door_due(:now) s").param("now", now).query(UUID.class).list(), days::tick);
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
