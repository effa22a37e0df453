package afterbell.base.audit;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** An act of a bureau: it stands in the chain that belongs to no school, and the bureau reads it there. Runs under the bureau's scope. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void recordBureau(String action, String subject, @Nullable UUID subjectId, Map<String, ?> facts) {
        UUID bureau = Objects.requireNonNull(Scopes.current().orElseThrow().bureau(), "no bureau acts here");
        Map<String, Object> all = new HashMap<>(facts);
        all.put("bureau", bureau);
        record(NOBODY, action, subject, subjectId, all);
    }

    /** An act of a batch that many people asked for. */
    public record Entry(UUID account, Instant at, String action, String subject, UUID subjectId, Map<String, ?> facts) {}

    /** Writes the entries of a batch in one statement, each under the name of the person who asked. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void recordAll(UUID school, List<Entry> entries) {
        if (entries.isEmpty()) return;
        Scope scope = Scopes.current().orElseThrow();
        sql.sql("""
                insert into audit.entry (school_id, entry_id, at, account_id, hat, action, subject, subject_id, facts)
                select :school, u.id, u.at, u.account, :hat, u.action, u.subject, u.subject_id, u.facts::jsonb
                from unnest(:ids::uuid[], :ats::timestamptz[], :accounts::uuid[], :actions::text[], :subjects::text[], :subjectIds::uuid[], :facts::text[])
                     as u(id, at, account, action, subject, subject_id, facts)
                """)
                .param("school", school)
                .param("hat", scope.hat().name())
                .param("ids", entries.stream().map(e -> ids.next()).toArray(UUID[]::new))
                .param("ats", entries.stream().map(e -> Timestamp.from(e.at())).toArray(Timestamp[]::new))
                .param("accounts", entries.stream().map(Entry::account).toArray(UUID[]::new))
                .param("actions", entries.stream().map(Entry::action).toArray(String[]::new))
                .param("subjects", entries.stream().map(Entry::subject).toArray(String[]::new))
                .param("subjectIds", entries.stream().map(Entry::subjectId).toArray(UUID[]::new))
                .param("facts", entries.stream().map(e -> json.writeValueAsString(e.facts())).toArray(String[]::new))
                .update();
    }
}
