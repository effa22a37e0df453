package afterbell.money.billing;

import afterbell.money.billing.EntryChain.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The links of a school's ledger. Runs under that school's scope. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ChainStore {
    private static final String ENTRY = "e.entry_id, e.at, e.day, e.document, e.document_id, e.memo, e.by";

    private final JdbcClient sql;

    ChainStore(JdbcClient sql) {
        this.sql = sql;
    }

    record Link(long seq, UUID entry, byte[] previous, byte[] hash) {}

    /** One sealer a school at a time, whatever node it runs on. */
    void lock(UUID school) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "billing.link/" + school).query((r, n) -> 0).single();
    }

    /** Takes entries out of waiting, in the order of their ids. */
    List<Sealed> take(UUID school, int most) {
        return withLines(school, sql.sql("""
                with taken as (delete from billing.unsealed where school_id = :s and entry_id in (select entry_id from billing.unsealed where school_id = :s order by entry_id limit :most) returning entry_id)
                select %s from billing.entry e where e.school_id = :s and e.entry_id in (select entry_id from taken) order by e.entry_id
                """.formatted(ENTRY))
                .param("s", school)
                .param("most", most)
                .query((r, n) -> entry(r))
                .list());
    }

    Optional<Link> head(UUID school) {
        return sql.sql("select seq, entry_id, previous, hash from billing.link where school_id = :s order by seq desc limit 1").param("s", school).query((r, n) -> link(r)).optional();
    }

    void add(UUID school, List<Link> links, Instant at) {
        sql.sql("""
                insert into billing.link (school_id, seq, entry_id, sealed_at, previous, hash)
                select :s, u.seq, u.entry, :at, u.previous, u.hash from unnest(:seqs::bigint[], :entries::uuid[], :previous::bytea[], :hashes::bytea[]) as u(seq, entry, previous, hash)
                """)
                .param("s", school)
                .param("at", Timestamp.from(at))
                .param("seqs", links.stream().map(Link::seq).toArray(Long[]::new))
                .param("entries", links.stream().map(Link::entry).toArray(UUID[]::new))
                .param("previous", links.stream().map(Link::previous).toArray(byte[][]::new))
                .param("hashes", links.stream().map(Link::hash).toArray(byte[][]::new))
                .update();
    }

    List<Link> links(UUID school, long from, int most) {
        return sql.sql("select seq, entry_id, previous, hash from billing.link where school_id = :s and seq >= :from order by seq limit :most")
                .param("s", school)
                .param("from", from)
                .param("most", most)
                .query((r, n) -> link(r))
                .list();
    }

    /** The entries of some links, by id. */
    Map<UUID, Sealed> entries(UUID school, List<Link> links) {
        Map<UUID, Sealed> found = new HashMap<>();
        withLines(school, sql.sql("select %s from billing.entry e where e.school_id = :s and e.entry_id = any(:ids)".formatted(ENTRY))
                        .param("s", school)
                        .param("ids", links.stream().map(Link::entry).toArray(UUID[]::new))
                        .query((r, n) -> entry(r))
                        .list())
                .forEach(e -> found.put(e.id(), e));
        return found;
    }

    long waiting(UUID school) {
        return sql.sql("select count(*) from billing.unsealed where school_id = :s").param("s", school).query(Long.class).single();
    }

    /** Entries that neither wait nor are held: nobody but a hand in the database makes them. */
    List<UUID> outside(UUID school) {
        return sql.sql("""
                select entry_id from billing.entry e where school_id = :s
                  and not exists (select 1 from billing.link l where l.school_id = :s and l.entry_id = e.entry_id)
                  and not exists (select 1 from billing.unsealed u where u.school_id = :s and u.entry_id = e.entry_id) order by entry_id limit 100
                """)
                .param("s", school)
                .query(UUID.class)
                .list();
    }

    /** Entries whose lines do not add up to nothing, or that have fewer than two. */
    List<UUID> unbalanced(UUID school) {
        return sql.sql("""
                select e.entry_id from billing.entry e left join billing.posting p on p.school_id = e.school_id and p.entry_id = e.entry_id
                where e.school_id = :s group by e.entry_id having coalesce(sum(p.fen), 0) <> 0 or count(p.ordinal) < 2 order by e.entry_id limit 100
                """)
                .param("s", school)
                .query(UUID.class)
                .list();
    }

    private List<Sealed> withLines(UUID school, List<Sealed> bare) {
        if (bare.isEmpty()) return bare;
        Map<UUID, List<Posting>> lines = new LinkedHashMap<>();
        bare.forEach(e -> lines.put(e.id(), new ArrayList<>()));
        sql.sql("select entry_id, account, pupil_id, channel, term_id, fen from billing.posting where school_id = :s and entry_id = any(:ids) order by entry_id, ordinal")
                .param("s", school)
                .param("ids", lines.keySet().toArray(UUID[]::new))
                .query(r -> {
                    lines.getOrDefault(r.getObject(1, UUID.class), new ArrayList<>())
                            .add(new Posting(r.getString(2), r.getObject(3, UUID.class), r.getString(4), r.getObject(5, UUID.class), r.getLong(6)));
                });
        return bare.stream().map(e -> new Sealed(e.id(), e.at(), e.day(), e.document(), e.documentId(), e.memo(), e.by(), List.copyOf(lines.getOrDefault(e.id(), List.of())))).toList();
    }

    private static Link link(ResultSet r) throws SQLException {
        return new Link(r.getLong("seq"), r.getObject("entry_id", UUID.class), r.getBytes("previous"), r.getBytes("hash"));
    }

    private static Sealed entry(ResultSet r) throws SQLException {
        return new Sealed(
                r.getObject("entry_id", UUID.class), r.getTimestamp("at").toInstant(), r.getObject("day", LocalDate.class), r.getString("document"), r.getObject("document_id", UUID.class), r.getString("memo"),
                r.getObject("by", UUID.class), List.of());
    }
}
