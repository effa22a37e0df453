package afterbell.base.identity;

import afterbell.base.shared.Ids;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whose rights to a child a court has limited. The door itself drops such a person's roles; what stands here keeps the person from coming back by another
 * way. Nobody but the office is ever told (law 9): whoever meets a limit reads the same neutral sentence as everybody who has to come by in person.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class CourtLimits {
    private final JdbcClient sql;
    private final Revocations revocations;
    private final Ids ids;
    private final Clock clock;

    CourtLimits(JdbcClient sql, Revocations revocations, Ids ids, Clock clock) {
        this.sql = sql;
        this.revocations = revocations;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param account and adult: whichever of the two is known */
    public record Limit(@Nullable UUID account, @Nullable UUID adult) {
        boolean hits(@Nullable UUID someAccount, @Nullable UUID someAdult) {
            return (account != null && account.equals(someAccount)) || (adult != null && adult.equals(someAdult));
        }
    }

    /** The limits that hold for a child. Staff scope alone reads them. */
    public List<Limit> of(UUID school, UUID pupil) {
        return sql.sql("select account_id as account, adult_id as adult from identity.court_limit where school_id = :s and pupil_id = :p and ended_at is null")
                .param("s", school)
                .param("p", pupil)
                .query(Limit.class)
                .list();
    }

    public boolean any(UUID school, UUID pupil) {
        return !of(school, pupil).isEmpty();
    }

    public boolean hits(UUID school, UUID pupil, @Nullable UUID account, @Nullable UUID adult) {
        return of(school, pupil).stream().anyMatch(l -> l.hits(account, adult));
    }

    /**
     * Takes the rights of a person to a child from this moment: open sessions lose them within a second, open invitations by the person become worthless,
     * and people whom the person invited are no longer asked about. Limiting twice changes nothing.
     */
    public void limit(UUID school, UUID pupil, @Nullable UUID account, @Nullable UUID adult, UUID by) {
        if (hits(school, pupil, account, adult)) return;
        Timestamp now = Timestamp.from(clock.instant());
        sql.sql("insert into identity.court_limit (school_id, limit_id, pupil_id, account_id, adult_id, since, made_by) values (:s, :id, :p, :a, :adult, :now, :by)")
                .param("s", school)
                .param("id", ids.next())
                .param("p", pupil)
                .param("a", account, Types.OTHER)
                .param("adult", adult, Types.OTHER)
                .param("now", now)
                .param("by", by)
                .update();
        if (account == null) return;
        sql.sql("update identity.slip set voided_at = :now where school_id = :s and pupil_id = :p and kind = 'person' and made_by = :a and used_at is null and voided_at is null")
                .param("now", now)
                .param("s", school)
                .param("p", pupil)
                .param("a", account)
                .update();
        sql.sql("update identity.kin_request set state = 'declined', decided_by = :by, decided_at = :now where school_id = :s and pupil_id = :p and invited_by = :a and state = 'asked'")
                .param("by", by)
                .param("now", now)
                .param("s", school)
                .param("p", pupil)
                .param("a", account)
                .update();
        revocations.of(account);
    }

    /** Gives the rights back. */
    public void end(UUID school, UUID pupil, @Nullable UUID account, @Nullable UUID adult, UUID by) {
        sql.sql("""
                update identity.court_limit set ended_at = :now, ended_by = :by
                where school_id = :s and pupil_id = :p and ended_at is null and (account_id = :a or adult_id = :adult)
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", by)
                .param("s", school)
                .param("p", pupil)
                .param("a", account, Types.OTHER)
                .param("adult", adult, Types.OTHER)
                .update();
        if (account != null) revocations.of(account);
    }
}
