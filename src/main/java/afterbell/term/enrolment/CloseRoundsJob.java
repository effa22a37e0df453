package afterbell.term.enrolment;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Looks every few seconds for rounds whose time is over. Every node may do so at once: closing twice is closing once. Reads the house's clock, so a
 * shifted demo closes its rounds as well.
 */
@Component
class CloseRoundsJob {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final RoundStore store;
    private final CloseRound closeRound;
    private final EverySchool schools;

    CloseRoundsJob(RoundStore store, CloseRound closeRound, EverySchool schools, Rounds rounds, Clock clock) {
        this.store = store;
        this.closeRound = closeRound;
        this.schools = schools;
        rounds.every("close-rounds", EVERY, () -> run(clock.instant()));
    }

    void run(Instant at) {
        schools.run("close-rounds", () -> store.schoolsWithSomethingDue(at.minus(CloseRound.GRACE)), school -> of(school, at));
    }

    private void of(UUID school, Instant at) {
        for (UUID round : closeRound.due(school, at)) closeRound.close(school, round, at);
        closeRound.forward(school, at);
    }
}
