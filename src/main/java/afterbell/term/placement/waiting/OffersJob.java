package afterbell.term.placement.waiting;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Rounds;
import afterbell.base.shared.web.Traces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks every few seconds for schools whose offers have run out, whose free seats have somebody waiting, or whose families have to be told, and works for
 * each under its own scope. Reads the house's clock, so a shifted demo passes offers on as well.
 */
@Component
class OffersJob {
    private static final Logger log = LoggerFactory.getLogger(OffersJob.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration LEAVERS_EVERY = Duration.ofMinutes(30);

    private final OfferStore store;
    private final PassOn passOn;
    private final EverySchool schools;
    private final Ids ids;

    OffersJob(OfferStore store, PassOn passOn, EverySchool schools, Rounds rounds, Clock clock, Ids ids) {
        this.store = store;
        this.passOn = passOn;
        this.schools = schools;
        this.ids = ids;
        rounds.every("offers", EVERY, () -> run(clock.instant()));
        rounds.every("seats of leavers", LEAVERS_EVERY, () -> schools.run("seats of leavers", s -> passOn.forgetLeavers(s, clock.instant())));
    }

    void run(Instant at) {
        schools.run("offers", () -> store.schoolsDue(at), school -> {
            calmly(() -> passOn.expire(school, at));
            calmly(() -> passOn.refillable(school).forEach(section -> passOn.refill(school, section, at)));
            calmly(() -> passOn.tell(school, at));
        });
    }

    /** One school's failure stops no other, and the next look finds the same work again. */
    private void calmly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.atError().addKeyValue("incident", ids.next()).addKeyValue("trace", Traces.of(e)).log("offers could not be passed on");
        }
    }
}
