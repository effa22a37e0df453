package afterbell.money.billing.spending;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class SpendingStore {
    private static final String ROW =
            "select s.spending_id as id, s.term_id as term, s.use, s.fen, s.day, s.source, s.payee, s.what, s.back_of, s.state, s.entered_by, s.entered_at, "
                    + "array(select v.file_id from billing.spending_voucher v where v.school_id = s.school_id and v.spending_id = s.spending_id order by v.file_id) as files, "
                    + "array(select v.file_id from billing.spending_voucher v where v.school_id = s.school_id and v.spending_id = s.spending_id and v.picture) as pictures, "
                    + "exists (select 1 from billing.spending b where b.school_id = s.school_id and b.back_of = s.spending_id and b.state <> 'refused') as taken_back "
                    + "from billing.spending s where s.school_id = :s ";

    private final JdbcClient sql;

    SpendingStore(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * @param use a word of the rule {@code fee.allowed-uses}
     * @param backOf the spending that this one takes back
     * @param state entered, approved or refused
     * @param files vouchers; pictures: those of them that a page can show
     * @param takenBack whether another one takes this one back
     */
    record Spent(
            UUID id, @Nullable UUID term, String use, long fen, LocalDate day, String source, String payee, String what, @Nullable UUID backOf, String state, @Nullable UUID enteredBy, Instant enteredAt, List<UUID> files,
            Set<UUID> pictures, boolean takenBack) {}

    void add(UUID school, Spent s) {
        sql.sql("""
                insert into billing.spending (school_id, spending_id, term_id, use, fen, day, source, payee, what, back_of, entered_by, entered_at)
                values (:s, :id, :term, :use, :fen, :day, :source, :payee, :what, :back, :by, :at)
                """)
                .param("s", school)
                .param("id", s.id())
                .param("term", s.term(), Types.OTHER)
                .param("use", s.use())
                .param("fen", s.fen())
                .param("day", s.day())
                .param("source", s.source())
                .param("payee", s.payee())
                .param("what", s.what())
                .param("back", s.backOf(), Types.OTHER)
                .param("by", s.enteredBy(), Types.OTHER)
                .param("at", Timestamp.from(s.enteredAt()))
                .update();
        sql.sql("insert into billing.spending_voucher (school_id, spending_id, file_id, picture) select :s, :id, f, f = any(:pictures::uuid[]) from unnest(:files::uuid[]) as f")
                .param("s", school)
                .param("id", s.id())
                .param("files", s.files().toArray(UUID[]::new))
                .param("pictures", s.pictures().toArray(UUID[]::new))
                .update();
    }

    Optional<Spent> find(UUID school, UUID id) {
        return sql.sql(ROW + "and s.spending_id = :id").param("s", school).param("id", id).query(SpendingStore::spent).optional();
    }

    /** For whoever decides. */
    Optional<Spent> locked(UUID school, UUID id) {
        return sql.sql(ROW + "and s.spending_id = :id for update of s").param("s", school).param("id", id).query(SpendingStore::spent).optional();
    }

    /** What waits first, then the newest. */
    List<Spent> page(UUID school, long offset, int size) {
        return sql.sql(ROW + "order by s.state <> 'entered', s.day desc, s.spending_id desc offset :o limit :n").param("s", school).param("o", offset).param("n", size).query(SpendingStore::spent).list();
    }

    record Sums(long rows, long waiting) {}

    Sums sums(UUID school) {
        return sql.sql("select count(*) as rows, count(*) filter (where state = 'entered') as waiting from billing.spending where school_id = :s").param("s", school).query(Sums.class).single();
    }

    record ByUse(String use, long fen) {}

    /** Approved spending of a span, less what was taken back. @param until inclusive */
    List<ByUse> byUse(UUID school, LocalDate from, LocalDate until) {
        return sql.sql("""
                select use, sum(case when back_of is null then fen else -fen end)::bigint as fen from billing.spending
                where school_id = :s and state = 'approved' and day between :from and :until group by use order by fen desc, use
                """)
                .param("s", school).param("from", from).param("until", until).query(ByUse.class).list();
    }

    void decide(UUID school, UUID id, String state, @Nullable UUID by, Instant at) {
        sql.sql("update billing.spending set state = :state, decided_by = :by, decided_at = :at where school_id = :s and spending_id = :id and state = 'entered'")
                .param("s", school).param("id", id).param("state", state).param("by", by, Types.OTHER).param("at", Timestamp.from(at)).update();
    }

    private static Spent spent(java.sql.ResultSet r, int n) throws java.sql.SQLException {
        return new Spent(
                r.getObject("id", UUID.class), r.getObject("term", UUID.class), r.getString("use"), r.getLong("fen"), r.getObject("day", LocalDate.class), r.getString("source"), r.getString("payee"), r.getString("what"),
                r.getObject("back_of", UUID.class), r.getString("state"), r.getObject("entered_by", UUID.class), r.getTimestamp("entered_at").toInstant(), List.of((UUID[]) r.getArray("files").getArray()), Set.of((UUID[]) r.getArray("pictures").getArray()), r.getBoolean("taken_back"));
    }
}
