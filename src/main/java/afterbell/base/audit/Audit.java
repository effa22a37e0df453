package afterbell.base.audit;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Writes an entry beside the act, in the act's transaction. */
@Component
public class Audit {
    private static final UUID NOBODY = new UUID(0, 0);

    private final JdbcClient sql;
    private final Ids ids;
    private final Clock clock;
    private final JsonMapper json;

    Audit(JdbcClient sql, Ids ids, Clock clock, JsonMapper json) {
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
        this.json = json;
    }

    /**
     * @param action verb phrase with the room, for example {@code enrolment.sheet_saved}
     * @param subject kind of thing, for example {@code pupil}
     * @param facts ids, codes and numbers; no names, no free text (law 8)
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(UUID school, String action, String subject, @Nullable UUID subjectId, Map<String, ?> facts) {
        Scope scope = Scopes.current().orElseThrow();
        sql.sql("""
                insert into audit.entry (school_id, entry_id, at, account_id, hat, action, subject, subject_id, facts)
                values (:school, :id, :at, :account, :hat, :action, :subject, :subjectId, :facts::jsonb)
                """)
                .param("school", school)
                .param("id", ids.next())
                .param("at", Timestamp.from(clock.instant()))
                .param("account", scope.account() == null ? NOBODY : scope.account())
                .param("hat", scope.hat().name())
                .param("action", action)
                .param("subject", subject)
                .param("subjectId", subjectId)
                .param("facts", json.writeValueAsString(facts))
                .update();
    }
}
