package afterbell.base.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The links of a school's chain and what they hold. Runs under that school's scope. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class SealStore {
    private static final String ENTRY = "e.entry_id, e.at, e.account_id, e.hat, e.action, e.subject, e.subject_id, e.facts::text";

    private final JdbcClient sql;

    SealStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** One sealer a school at a time, whatever node it runs on. */
    void lock(UUID school) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "audit.seal/" + school).query((r, n) -> 0).single();
    }

    /** Entries of a time before there was a sealer begin to wait. */
    void adopt(UUID school) {
        sql.sql("""
                insert into audit.unsealed (school_id, entry_id) select school_id, entry_id from audit.entry e
                where school_id = :s and not exists (select 1 from audit.seal l where l.school_id = :s) on conflict do nothing
                """)
                .param("s", school)
                .update();
    }

    /** Takes entries out of waiting, oldest id first. */
    List<Chain.Entry> take(UUID school, int most) {
        return sql.sql("""
                with taken as (delete from audit.unsealed where school_id = :s and entry_id in (select entry_id from audit.unsealed where school_id = :s order by entry_id limit :most) returning entry_id)
                select %s from audit.entry e where e.school_id = :s and e.entry_id in (select entry_id from taken) order by e.entry_id
                """.formatted(ENTRY))
                .param("s", school)
                .param("most", most)
                .query((r, n) -> entry(r))
                .list();
    }

    Optional<Chain.Link> head(UUID school) {
        return sql.sql("select number, sealed_at, entries, previous, hash from audit.seal where school_id = :s order by number desc limit 1").param("s", school).query((r, n) -> link(r)).optional();
    }

    void add(UUID school, Chain.Link link, List<Chain.Entry> entries) {
        sql.sql("insert into audit.seal (school_id, number, sealed_at, first_id, last_id, entries, previous, hash) values (:s, :n, :at, :first, :last, :count, :previous, :hash)")
                .param("s", school)
                .param("n", link.number())
                .param("at", Timestamp.from(link.sealedAt()))
                .param("first", entries.getFirst().id())
                .param("last", entries.getLast().id())
                .param("count", link.entries())
                .param("previous", link.previous())
                .param("hash", link.hash())
                .update();
        sql.sql("insert into audit.sealed (school_id, entry_id, number, position) select :s, id, :n, place - 1 from unnest(:ids) with ordinality as each(id, place)")
                .param("s", school)
                .param("n", link.number())
                .param("ids", entries.stream().map(Chain.Entry::id).toArray(UUID[]::new))
                .update();
    }

    List<Chain.Link> links(UUID school, long from, int most) {
        return sql.sql("select number, sealed_at, entries, previous, hash from audit.seal where school_id = :s and number >= :from order by number limit :most")
                .param("s", school)
                .param("from", from)
                .param("most", most)
                .query((r, n) -> link(r))
                .list();
    }

    record Held(long number, int position, Chain.Entry entry) {}

    List<Held> held(UUID school, long from, long until) {
        return sql.sql("select %s, s.number, s.position from audit.sealed s join audit.entry e using (school_id, entry_id) where s.school_id = :s and s.number between :from and :until order by s.number, s.position".formatted(ENTRY))
                .param("s", school)
                .param("from", from)
                .param("until", until)
                .query((r, n) -> new Held(r.getLong(9), r.getInt(10), entry(r)))
                .list();
    }

    long waiting(UUID school) {
        return sql.sql("select count(*) from audit.unsealed where school_id = :s").param("s", school).query(Long.class).single();
    }

    /** Entries that neither wait nor are held: nobody but a hand in the database makes them. */
    List<UUID> outside(UUID school) {
        return sql.sql("""
                select entry_id from audit.entry e where school_id = :s
                  and not exists (select 1 from audit.sealed s where s.school_id = :s and s.entry_id = e.entry_id)
                  and not exists (select 1 from audit.unsealed u where u.school_id = :s and u.entry_id = e.entry_id) order by entry_id limit 100
                """)
                .param("s", school)
                .query(UUID.class)
                .list();
    }

    private static Chain.Link link(ResultSet r) throws SQLException {
        return new Chain.Link(r.getLong("number"), r.getTimestamp("sealed_at").toInstant(), r.getInt("entries"), r.getBytes("previous"), r.getBytes("hash"));
    }

    private static Chain.Entry entry(ResultSet r) throws SQLException {
        Instant at = r.getTimestamp(2).toInstant();
        return new Chain.Entry(r.getObject(1, UUID.class), at, r.getObject(3, UUID.class), r.getString(4), r.getString(5), r.getString(6), r.getObject(7, UUID.class), r.getString(8));
    }
}
