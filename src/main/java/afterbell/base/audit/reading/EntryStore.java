package afterbell.base.audit.reading;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Entries of the scope, newest first. */
@Repository
@Transactional(readOnly = true)
class EntryStore {
    /** Longer counts are shown as this many: nobody walks further page by page. */
    private static final int COUNTED = 5_000;

    /** A look at somebody's data, as opposed to an act. */
    private static final String LOOKS = "e.action ~ '_(read|looked|unmasked|opened)$'";

    private static final String WHERE = """
            from audit.entry e where e.school_id = :s
              and (:everybody or e.account_id = any(:people) or e.subject_id = any(:people))
              and (:act = '' or case :act when 'looks' then %s else e.action like :act || '.%%' end)
              and e.at >= :from and e.at < :until
            """.formatted(LOOKS);

    private final JdbcClient sql;

    EntryStore(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * @param people any of these did it or is what it is about; null for everybody
     * @param act room of the act, or {@code looks}, or empty for all
     */
    record Filter(UUID school, UUID @Nullable [] people, String act, Instant from, Instant until) {}

    record Row(Instant at, UUID account, String hat, String action, String subject, @Nullable UUID subjectId) {}

    long count(Filter filter) {
        return with("select count(*) from (select 1 " + WHERE + " limit " + COUNTED + ") c", filter).query(Long.class).single();
    }

    List<Row> page(Filter filter, long offset, int size) {
        return with("select e.at, e.account_id, e.hat, e.action, e.subject, e.subject_id " + WHERE + " order by e.at desc, e.entry_id desc limit :size offset :offset", filter)
                .param("size", size)
                .param("offset", offset)
                .query((r, n) -> new Row(r.getTimestamp(1).toInstant(), r.getObject(2, UUID.class), r.getString(3), r.getString(4), r.getString(5), r.getObject(6, UUID.class)))
                .list();
    }

    private JdbcClient.StatementSpec with(String query, Filter filter) {
        return sql.sql(query)
                .param("s", filter.school())
                .param("everybody", filter.people() == null)
                .param("people", filter.people() == null ? new UUID[0] : filter.people())
                .param("act", filter.act())
                .param("from", Timestamp.from(filter.from()))
                .param("until", Timestamp.from(filter.until()));
    }

    /** The bureau's own acts, newest first; the scope shows no others. */
    List<Row> ofBureau(int most) {
        return sql.sql("select at, account_id, hat, action, subject, subject_id from audit.entry where school_id = '00000000-0000-0000-0000-000000000000' order by at desc, entry_id desc limit :most")
                .param("most", most)
                .query((r, n) -> new Row(r.getTimestamp(1).toInstant(), r.getObject(2, UUID.class), r.getString(3), r.getString(4), r.getString(5), r.getObject(6, UUID.class)))
                .list();
    }

    record Head(UUID school, long links, long entries, Instant sealedAt, byte[] hash) {}

    /** The chains that the scope shows, one a school. */
    List<Head> heads() {
        return sql.sql("""
                select distinct on (school_id) school_id, number, sum(entries) over (partition by school_id), sealed_at, hash
                from audit.seal order by school_id, number desc
                """)
                .query((r, n) -> new Head(r.getObject(1, UUID.class), r.getLong(2), r.getLong(3), r.getTimestamp(4).toInstant(), r.getBytes(5)))
                .list();
    }
}
