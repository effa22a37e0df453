package afterbell.day.custody;

import afterbell.base.shared.Ids;
import afterbell.base.shared.crypto.PersonalData;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** The same words about several children, each under a key of its own; one statement whatever their number. Answers which reason is whose. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<UUID, UUID> keep(UUID school, List<UUID> pupils, String words, UUID by) {
        Map<UUID, UUID> kept = new LinkedHashMap<>();
        List<byte[]> own = new ArrayList<>();
        List<byte[]> sealed = new ArrayList<>();
        for (UUID pupil : pupils) {
            byte[] key = personal.newKey();
            own.add(key);
            sealed.add(personal.seal(key, words));
            kept.put(pupil, ids.next());
        }
        sql.sql("""
                insert into custody.reason (school_id, reason_id, pupil_id, person_key, sealed, said_by, said_at)
                select :s, r.id, r.pupil, r.key, r.sealed, :by, :at from unnest(:ids::uuid[], :pupils::uuid[], :keys::bytea[], :sealed::bytea[]) as r(id, pupil, key, sealed)
                """)
                .param("s", school)
                .param("ids", kept.values().stream().map(UUID::toString).toArray(String[]::new))
                .param("pupils", kept.keySet().stream().map(UUID::toString).toArray(String[]::new))
                .param("keys", own.toArray(byte[][]::new))
                .param("sealed", sealed.toArray(byte[][]::new))
                .param("by", by)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        return kept;
    }
}
