package afterbell.money.billing;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Entries and their lines. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class LedgerStore {
    private final JdbcClient sql;

    LedgerStore(JdbcClient sql) {
        this.sql = sql;
    }

    private record Key(Document document, UUID id, String memo) {
        static Key of(Draft draft) {
            return new Key(draft.document(), draft.documentId(), draft.memo());
        }
    }

    private record Line(UUID entry, int ordinal, Posting posting) {}

    /** Two statements, whatever the number of entries. */
    List<UUID> add(UUID school, List<Draft> drafts) {
        List<Line> lines = new ArrayList<>();
        for (Draft draft : drafts) {
            int ordinal = 0;
            for (Posting posting : draft.postings()) lines.add(new Line(draft.entry(), ++ordinal, posting));
        }
        sql.sql("""
                with written as (
                    insert into billing.entry (school_id, entry_id, at, day, document, document_id, memo, by)
                    select :s, u.* from unnest(:entries::uuid[], :ats::timestamptz[], :days::date[], :documents::text[], :ids::uuid[], :memos::text[], :bys::uuid[]) as u
                    on conflict (school_id, document, document_id, memo) do nothing returning entry_id)
                insert into billing.posting (school_id, entry_id, ordinal, account, pupil_id, channel, term_id, fen)
                select :s, l.entry, l.ordinal, l.account, l.pupil, l.channel, l.term, l.fen
                from unnest(:lineEntries::uuid[], :ordinals::int[], :accounts::text[], :pupils::uuid[], :channels::text[], :terms::uuid[], :fens::bigint[])
                     as l(entry, ordinal, account, pupil, channel, term, fen)
                where l.entry in (select entry_id from written)
                """)
                .param("s", school)
                .param("entries", drafts.stream().map(Draft::entry).toArray(UUID[]::new))
                .param("ats", drafts.stream().map(d -> Timestamp.from(d.at())).toArray(Timestamp[]::new))
                .param("days", drafts.stream().map(d -> java.sql.Date.valueOf(d.day())).toArray(java.sql.Date[]::new))
                .param("documents", drafts.stream().map(d -> d.document().name()).toArray(String[]::new))
                .param("ids", drafts.stream().map(Draft::documentId).toArray(UUID[]::new))
                .param("memos", drafts.stream().map(Draft::memo).toArray(String[]::new))
                .param("bys", drafts.stream().map(Draft::by).toArray(UUID[]::new))
                .param("lineEntries", lines.stream().map(Line::entry).toArray(UUID[]::new))
                .param("ordinals", lines.stream().map(Line::ordinal).toArray(Integer[]::new))
                .param("accounts", lines.stream().map(l -> l.posting().account()).toArray(String[]::new))
                .param("pupils", lines.stream().map(l -> l.posting().pupil()).toArray(UUID[]::new))
                .param("channels", lines.stream().map(l -> l.posting().channel()).toArray(String[]::new))
                .param("terms", lines.stream().map(l -> l.posting().term()).toArray(UUID[]::new))
                .param("fens", lines.stream().map(l -> l.posting().fen()).toArray(Long[]::new))
                .update();
        Map<Key, UUID> kept = new HashMap<>();
        sql.sql("""
                select e.document, e.document_id, e.memo, e.entry_id
                from unnest(:documents::text[], :ids::uuid[], :memos::text[]) as u(document, id, memo)
                join billing.entry e on e.school_id = :s and e.document = u.document and e.document_id = u.id and e.memo = u.memo
                """)
                .param("s", school)
                .param("documents", drafts.stream().map(d -> d.document().name()).toArray(String[]::new))
                .param("ids", drafts.stream().map(Draft::documentId).toArray(UUID[]::new))
                .param("memos", drafts.stream().map(Draft::memo).toArray(String[]::new))
                .query(r -> {
                    kept.put(new Key(Document.valueOf(r.getString(1)), r.getObject(2, UUID.class), r.getString(3)), r.getObject(4, UUID.class));
                });
        return drafts.stream().map(d -> Objects.requireNonNull(kept.get(Key.of(d)))).toList();
    }

    long balance(UUID school, String account) {
        return sql.sql("select coalesce(sum(fen), 0)::bigint from billing.posting where school_id = :s and account = :a")
                .param("s", school)
                .param("a", account)
                .query(Long.class)
                .single();
    }

    Map<UUID, Long> familyBalances(UUID school, Collection<UUID> pupils) {
        Map<UUID, Long> balances = new HashMap<>();
        pupils.forEach(pupil -> balances.put(pupil, 0L));
        if (pupils.isEmpty()) return balances;
        sql.sql("select pupil_id, sum(fen)::bigint from billing.posting where school_id = :s and account = 'family' and pupil_id = any(:p) group by pupil_id")
                .param("s", school)
                .param("p", pupils.toArray(UUID[]::new))
                .query(r -> {
                    balances.put(r.getObject(1, UUID.class), r.getLong(2));
                });
        return balances;
    }
}
