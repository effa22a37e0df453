package afterbell.testing;

import afterbell.base.shared.Ids;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rounds of enrolment in whatever state a test needs. */
public final class GivenRound {
    private final GivenSchool given;
    private final JdbcClient sql;
    private final Ids ids;
    private final Clock clock;

    GivenRound(GivenSchool given, JdbcClient sql, Ids ids, Clock clock) {
        this.given = given;
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
    }

    /** A round that has been open for a day and closes in a day. */
    public UUID open(UUID school, UUID term) {
        Instant now = clock.instant();
        return round(school, term, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
    }

    public UUID round(UUID school, UUID term, Instant opens, Instant closes) {
        UUID round = ids.next();
        given.in(school, () -> sql.sql("""
                insert into enrolment.round (school_id, round_id, term_id, name, opens_at, closes_at, review_until, state)
                values (:s, :r, :t, '选报', :o, :c, :u, 'open')
                """)
                .param("s", school)
                .param("r", round)
                .param("t", term)
                .param("o", Timestamp.from(opens))
                .param("c", Timestamp.from(closes))
                .param("u", Timestamp.from(closes.plus(Duration.ofDays(3))))
                .update());
        return round;
    }

    /** Closes it as the closing job would find it: the deadline has passed and the seal is open. */
    public void close(UUID school, UUID round) {
        Instant now = clock.instant();
        given.in(school, () -> sql.sql("update enrolment.round set state = 'closed', closed_at = :now, closes_at = least(closes_at, :now), opens_at = least(opens_at, :before), review_until = greatest(review_until, :now) where school_id = :s and round_id = :r")
                .param("s", school)
                .param("r", round)
                .param("now", Timestamp.from(now))
                .param("before", Timestamp.from(now.minusSeconds(1)))
                .update());
    }

    /** An open round with a chain of review. Its time is not over yet, or the house's clock would close it while the test still writes its answers. */
    public UUID reviewed(UUID school, UUID term, String... steps) {
        Instant now = clock.instant();
        UUID round = round(school, term, now.minus(Duration.ofDays(2)), now.plus(Duration.ofDays(1)));
        given.in(school, () -> sql.sql("update enrolment.round set review_steps = :steps::text[], review_until = :until where school_id = :s and round_id = :r")
                .param("steps", "{" + String.join(",", steps) + "}")
                .param("until", Timestamp.from(now.plus(Duration.ofDays(2))))
                .param("s", school)
                .param("r", round)
                .update());
        return round;
    }

    /** Its time has been over since a minute; call it in the transaction that closes the round. */
    public void over(UUID school, UUID round) {
        sql.sql("update enrolment.round set closes_at = :c where school_id = :s and round_id = :r")
                .param("c", Timestamp.from(clock.instant().minus(Duration.ofMinutes(1))))
                .param("s", school)
                .param("r", round)
                .update();
    }
}
