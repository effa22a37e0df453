package afterbell.term.enrolment.telling;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Looks every minute for rounds that end within a day. Every node may do so: told once is told once. */
@Component
class RemindBeforeCloseJob {
    private static final Duration BEFORE = Duration.ofHours(24);

    private final TellFamilies tell;
    private final UnansweredStore store;
    private final EverySchool schools;

    RemindBeforeCloseJob(TellFamilies tell, UnansweredStore store, EverySchool schools, Rounds rounds, Clock clock) {
        this.tell = tell;
        this.store = store;
        this.schools = schools;
        rounds.every("remind", Duration.ofSeconds(20), Duration.ofMinutes(1), () -> run(clock.instant()));
    }

    void run(Instant now) {
        schools.run("remind", () -> store.schoolsWithRoundsEnding(now.plus(BEFORE)), school -> tell.remind(school, now, now.plus(BEFORE)));
    }
}
