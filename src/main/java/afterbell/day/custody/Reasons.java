package afterbell.day.custody;

import afterbell.base.shared.Ids;
import afterbell.base.shared.crypto.PersonalData;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Words behind an entry: sealed, outside the chain, which keeps their id alone (law 8). */
@Component
public class Reasons {
    /** Longest reason, in characters. */
    public static final int LONGEST = 200;

    private final JdbcClient sql;
    private final PersonalData personal;
    private final Ids ids;
    private final Clock clock;

    Reasons(JdbcClient sql, PersonalData personal, Ids ids, Clock clock) {
        this.sql = sql;
        this.personal = personal;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public UUID keep(UUID school, UUID pupil, String words, UUID by) {
        UUID id = ids.next();
        byte[] key = personal.newKey();
        sql.sql("insert into custody.reason (school_id, reason_id, pupil_id, person_key, sealed, said_by, said_at) values (:s, :id, :p, :k, :w, :by, :at)")
                .param("s", school)
                .param("id", id)
                .param("p", pupil)
                .param("k", key)
                .param("w", personal.seal(key, words))
                .param("by", by)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        return id;
    }
}
