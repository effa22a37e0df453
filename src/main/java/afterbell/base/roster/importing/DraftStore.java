package afterbell.base.roster.importing;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.sheet.ImportTarget;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Drafts of imports; each belongs to the person who uploaded it. */
@Component
class DraftStore {
    private static final String DRAFT = "select draft_id, account_id, kind, file_name, corrections, answers, made_at, applied_at, added, changed, removed from roster.draft ";

    private final JdbcClient sql;
    private final JsonMapper json;

    DraftStore(JdbcClient sql, JsonMapper json) {
        this.sql = sql;
        this.json = json;
    }

    void add(UUID school, Draft draft, byte[] content) {
        sql.sql("""
                insert into roster.draft (school_id, draft_id, account_id, kind, file_name, content, corrections, answers, made_at)
                values (:s, :id, :account, :kind, :file, :content, :corrections::jsonb, :answers::jsonb, :at)
                """)
                .param("s", school)
                .param("id", draft.id())
                .param("account", draft.account())
                .param("kind", draft.kind())
                .param("file", draft.fileName())
                .param("content", content)
                .param("corrections", json.writeValueAsString(draft.mended()))
                .param("answers", json.writeValueAsString(draft.answered()))
                .param("at", Timestamp.from(draft.madeAt()))
                .update();
    }

    Draft get(UUID school, UUID account, UUID id) {
        return sql.sql(DRAFT + "where school_id = :s and account_id = :a and draft_id = :id").param("s", school).param("a", account).param("id", id).query(row()).optional().orElseThrow(NotFound::new);
    }

    byte[] content(UUID school, UUID id) {
        return sql.sql("select content from roster.draft where school_id = :s and draft_id = :id").param("s", school).param("id", id).query((r, n) -> r.getBytes(1)).optional().orElseThrow(NotFound::new);
    }

    List<Draft> of(UUID school, UUID account) {
        return sql.sql(DRAFT + "where school_id = :s and account_id = :a order by made_at desc limit 20").param("s", school).param("a", account).query(row()).list();
    }

    void change(UUID school, Draft draft) {
        sql.sql("update roster.draft set corrections = :corrections::jsonb, answers = :answers::jsonb where school_id = :s and draft_id = :id")
                .param("corrections", json.writeValueAsString(draft.mended()))
                .param("answers", json.writeValueAsString(draft.answered()))
                .param("s", school)
                .param("id", draft.id())
                .update();
    }

    /** The file itself has served; what came of it stays for the list. */
    void applied(UUID school, UUID id, ImportTarget.Applied applied, Instant at) {
        sql.sql("""
                update roster.draft set content = '', corrections = '{}', answers = '{}', applied_at = :at, added = :added, changed = :changed, removed = :removed
                where school_id = :s and draft_id = :id
                """)
                .param("at", Timestamp.from(at))
                .param("added", applied.added())
                .param("changed", applied.changed())
                .param("removed", applied.removed())
                .param("s", school)
                .param("id", id)
                .update();
    }

    void remove(UUID school, UUID id) {
        sql.sql("delete from roster.draft where school_id = :s and draft_id = :id").param("s", school).param("id", id).update();
    }

    void removeBefore(UUID school, Instant moment) {
        sql.sql("delete from roster.draft where school_id = :s and made_at < :t and applied_at is null").param("s", school).param("t", Timestamp.from(moment)).update();
    }

    /** One import of a kind at a time in a school: the second waits here and then sees what the first has done. */
    void waitForTurn(UUID school, String kind) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "import/" + school + "/" + kind).query((r, n) -> 0).single();
    }

    /** Tells the planner how many people there are now; its own turn may come minutes later. */
    void countRows() {
        sql.sql("select roster.count_rows()").query((r, n) -> 0).single();
    }

    private RowMapper<Draft> row() {
        return (r, n) -> new Draft(
                r.getObject(1, UUID.class),
                r.getObject(2, UUID.class),
                r.getString(3),
                r.getString(4),
                json.readValue(empty(r.getString(5)) ? "{\"cells\":[],\"columns\":{}}" : r.getString(5), Draft.Mended.class),
                json.readValue(empty(r.getString(6)) ? "{\"rows\":[],\"gone\":[]}" : r.getString(6), Draft.Answered.class),
                r.getTimestamp(7).toInstant(),
                r.getTimestamp(8) == null ? null : new ImportTarget.Applied(r.getInt(9), r.getInt(10), r.getInt(11)));
    }

    private static boolean empty(String stored) {
        return stored.equals("{}");
    }
}
