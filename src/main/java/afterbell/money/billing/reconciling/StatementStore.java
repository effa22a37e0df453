package afterbell.money.billing.reconciling;

import afterbell.base.shared.crypto.PersonalData;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Files, their rows and what differs; each step takes a whole file. */
@Component
class StatementStore {
    private static final int AT_ONCE = 10_000;

    private final JdbcClient sql;
    private final PersonalData personal;

    StatementStore(JdbcClient sql, PersonalData personal) {
        this.sql = sql;
        this.personal = personal;
    }

    record File(UUID id, String layout, String way, LocalDate from, LocalDate until, int lines, long paid, long back, long fee, Instant at, int differing, int open) {}

    private static final String FILE =
            """
            select f.statement_file_id as id, f.layout, f.way, f.from_day as "from", f.until_day as until, f.lines, f.paid_fen as paid, f.back_fen as back, f.fee_fen as fee, f.uploaded_at as at,
                   count(d.difference_id)::int as differing, (count(d.difference_id) filter (where d.closed_at is null))::int as open
            from billing.statement_file f left join billing.difference d using (school_id, statement_file_id)
            where f.school_id = :s %s
            group by f.school_id, f.statement_file_id order by f.until_day desc, f.uploaded_at desc
            """;

    List<File> files(UUID school, int most) {
        return sql.sql(FILE.formatted("") + " limit :n").param("s", school).param("n", most).query(File.class).list();
    }

    Optional<File> file(UUID school, UUID id) {
        return sql.sql(FILE.formatted("and f.statement_file_id = :id")).param("s", school).param("id", id).query(File.class).optional();
    }

    Optional<UUID> known(UUID school, String sha256) {
        return sql.sql("select statement_file_id from billing.statement_file where school_id = :s and sha256 = :h").param("s", school).param("h", sha256).query(UUID.class).optional();
    }

    /** Files of a way are taken one after the other, until the end of the transaction. */
    void oneAfterTheOther(UUID school, String way) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "billing.statement/" + school + "/" + way).query((r, n) -> 0).single();
    }

    void add(UUID school, UUID id, Statement st, @Nullable UUID by, Instant now) {
        byte @Nullable [] key = st.rows().stream().anyMatch(r -> !r.words().isEmpty()) ? personal.newKey() : null;
        sql.sql("""
                insert into billing.statement_file (school_id, statement_file_id, layout, way, sha256, from_day, until_day, lines, paid_fen, back_fen, fee_fen, words_key, uploaded_by, uploaded_at)
                values (:s, :id, :layout, :way, :hash, :from, :until, :lines, :paid, :back, :fee, :key, :by, :at)
                """)
                .param("s", school)
                .param("id", id)
                .param("layout", st.layout().code())
                .param("way", st.layout().way().name())
                .param("hash", st.sha256())
                .param("from", st.from())
                .param("until", st.until())
                .param("lines", st.rows().size())
                .param("paid", st.paid())
                .param("back", st.back())
                .param("fee", st.fee())
                .param("key", key, Types.BINARY)
                .param("by", by, Types.OTHER)
                .param("at", Timestamp.from(now))
                .update();
        for (int from = 0; from < st.rows().size(); from += AT_ONCE) rows(school, id, st.rows().subList(from, Math.min(st.rows().size(), from + AT_ONCE)), key);
    }

    private void rows(UUID school, UUID file, List<Statement.Row> rows, byte @Nullable [] key) {
        List<byte @Nullable []> words = new ArrayList<>();
        for (Statement.Row r : rows) words.add(key == null || r.words().isEmpty() ? null : personal.seal(key, r.words()));
        sql.sql("""
                insert into billing.statement_row (school_id, statement_file_id, ordinal, kind, at, reference, order_number, fen, fee_fen, words)
                select :s, :f, u.* from unnest(:ordinals::int[], :kinds::text[], :ats::timestamptz[], :references::text[], :orders::text[], :fens::bigint[], :fees::bigint[], :words::bytea[]) as u
                """)
                .param("s", school)
                .param("f", file)
                .param("ordinals", rows.stream().map(Statement.Row::ordinal).toArray(Integer[]::new))
                .param("kinds", rows.stream().map(r -> r.paid() ? "paid" : "back").toArray(String[]::new))
                .param("ats", rows.stream().map(r -> Timestamp.from(r.at())).toArray(Timestamp[]::new))
                .param("references", rows.stream().map(Statement.Row::reference).toArray(String[]::new))
                .param("orders", rows.stream().map(Statement.Row::order).toArray(String[]::new))
                .param("fens", rows.stream().map(Statement.Row::fen).toArray(Long[]::new))
                .param("fees", rows.stream().map(Statement.Row::fee).toArray(Long[]::new))
                .param("words", words.toArray(byte[][]::new))
                .update();
    }

    /**
     * Three ways in one statement: rows against payments by reference, else by the order's number; payments against rows; payments against the ledger. What waits
     * on the suspense list is here and no difference. A bank's outgoing money is no business of orders, so only channels are asked what went back: out of a payment of
     * whatever day, a refund by its own number, and together no more than was ordered. A fee is asked for once, however many files tell it.
     */
    int differ(UUID school, UUID file, Statement st) {
        return sql.sql("""
                with r as materialized (
                    select ordinal, kind, reference, order_number, fen, fee_fen, row_number() over (partition by kind, reference, case kind when 'back' then order_number else '' end order by ordinal) as nth
                    from billing.statement_row where school_id = :s and statement_file_id = :f),
                p as materialized (
                    select p.payment_id, p.reference, p.fen, p.returned_fen, p.day, p.pay_order_id from billing.payment p
                    where p.school_id = :s and p.way = :way and p.day between cast(:from as date) - 1 and cast(:until as date) + 1),
                paid as materialized (
                    select r.*, coalesce(p.payment_id, x.payment_id) as payment_id, coalesce(p.fen, x.fen) as here, p.payment_id is null and x.payment_id is not null as other, z.fen is not null as waits
                    from r
                    left join p on p.reference = r.reference
                    left join billing.suspense z on p.payment_id is null and z.school_id = :s and z.way = :way and z.reference = r.reference and z.fen = r.fen
                    left join billing.pay_order o on p.payment_id is null and r.order_number <> '' and o.school_id = :s and o.number = r.order_number
                    left join p x on x.pay_order_id = o.pay_order_id
                    where r.kind = 'paid'),
                books as (
                    select e.document_id, sum(l.fen) as fen from p join billing.entry e on e.school_id = :s and e.document = 'PAYMENT' and e.document_id = p.payment_id
                    join billing.posting l on l.school_id = e.school_id and l.entry_id = e.entry_id
                    where l.account = 'family' group by e.document_id),
                back as (
                    select r.ordinal, r.nth, r.fen, p.payment_id, p.returned_fen, sum(r.fen) filter (where r.nth = 1) over (partition by r.reference order by r.ordinal) as gone
                    from r left join billing.payment p on p.school_id = :s and p.way = :way and p.reference = r.reference
                    where r.kind = 'back' and :way <> 'BANK'),
                fee as (
                    select coalesce(sum(r.fee_fen), 0)::bigint as fen from r
                    where not exists (
                        select 1 from billing.statement_file f join billing.statement_row o using (school_id, statement_file_id)
                        where f.school_id = :s and f.way = :way and f.statement_file_id <> :f and f.from_day <= :until and f.until_day >= :from and o.kind = r.kind and o.reference = r.reference and o.fee_fen > 0)),
                found as (
                    select ordinal, payment_id, case when nth > 1 then 'twice' when waits then null when other then 'paid_twice' when payment_id is null then :unknown when here <> fen then 'amount' end as kind, here, fen as there from paid
                    union all
                    select null, p.payment_id, 'missing_there', p.fen, null from p
                    where p.day between :from and :until and not exists (select 1 from r where r.kind = 'paid' and r.reference = p.reference)
                    union all
                    select null, p.payment_id, 'books', -coalesce(b.fen, 0), p.fen from p left join books b on b.document_id = p.payment_id where p.day between :from and :until and coalesce(-b.fen, 0) <> p.fen
                    union all
                    select ordinal, payment_id, case when nth > 1 then 'twice' when payment_id is null or returned_fen < gone then 'back_unknown' end, returned_fen, fen from back
                    union all
                    select null, null, 'fee', null, fen from fee where fen > 0)
                insert into billing.difference (school_id, difference_id, statement_file_id, ordinal, payment_id, kind, here_fen, there_fen)
                select :s, gen_random_uuid(), :f, ordinal, payment_id, kind, here, there from found where kind is not null
                """)
                .param("s", school)
                .param("f", file)
                .param("way", st.layout().way().name())
                .param("from", st.from())
                .param("until", st.until())
                .param("unknown", st.layout().way().name().equals("BANK") ? "unknown_payer" : "missing_here")
                .update();
    }

    /** What was missing in an earlier file of the way and stands in this one is closed. */
    int came(UUID school, UUID file, String way, Instant now) {
        return sql.sql("""
                update billing.difference d set cause = 'came', closed_at = :now
                from billing.payment p join billing.statement_row r on r.school_id = p.school_id and r.reference = p.reference and r.kind = 'paid' and r.statement_file_id = :f
                where d.school_id = :s and d.closed_at is null and d.kind = 'missing_there' and d.statement_file_id <> :f and p.school_id = :s and p.payment_id = d.payment_id and p.way = :way
                """)
                .param("s", school).param("f", file).param("way", way).param("now", Timestamp.from(now)).update();
    }

    /**
     * One difference with the row behind it.
     *
     * @param here what the house says; there: what the file says, in fen; null where one of them is silent
     * @param child name of the child whose payment it is; empty where there is none
     */
    record Difference(
            UUID id, UUID file, String way, String kind, @Nullable Long here, @Nullable Long there, @Nullable String cause, @Nullable Integer ordinal, @Nullable Instant at, @Nullable String reference, @Nullable String order, @Nullable UUID payment, @Nullable UUID pupil,
            String child, @Nullable String words) {
        long amount() {
            return there != null ? there : here == null ? 0 : here;
        }
    }

    private static final String DIFFERENCE =
            """
            select d.difference_id, d.statement_file_id, f.way, d.kind, d.here_fen, d.there_fen, d.cause, d.ordinal, coalesce(r.at, p.paid_at) as at, coalesce(r.reference, p.reference) as reference, r.order_number, d.payment_id, p.pupil_id,
                   coalesce(c.name, '') as child, f.words_key, r.words
            from billing.difference d
            join billing.statement_file f using (school_id, statement_file_id)
            left join billing.statement_row r on r.school_id = d.school_id and r.statement_file_id = d.statement_file_id and r.ordinal = d.ordinal
            left join billing.payment p on p.school_id = d.school_id and p.payment_id = d.payment_id
            left join roster.pub_pupil_ever c on c.school_id = d.school_id and c.pupil_id = p.pupil_id
            where d.school_id = :s
            """;

    /** Open ones first, by kind; at most so many. */
    List<Difference> differences(UUID school, UUID file, int most) {
        return sql.sql(DIFFERENCE + " and d.statement_file_id = :f order by d.closed_at is not null, d.kind, d.ordinal nulls last, d.difference_id limit :n").param("s", school).param("f", file).param("n", most).query(this::difference).list();
    }

    /** Open ones that are to be closed, locked in the order of their ids. */
    List<Difference> locked(UUID school, UUID file, List<UUID> ids, @Nullable String kind) {
        return sql.sql(DIFFERENCE + " and d.statement_file_id = :f and d.closed_at is null and (d.difference_id = any(:ids::uuid[]) or d.kind = :kind) order by d.difference_id for update of d")
                .param("s", school).param("f", file).param("ids", ids.toArray(UUID[]::new)).param("kind", kind == null ? "" : kind).query(this::difference).list();
    }

    private Difference difference(java.sql.ResultSet r, int n) throws java.sql.SQLException {
        byte @Nullable [] key = r.getBytes("words_key");
        byte @Nullable [] words = r.getBytes("words");
        @Nullable Timestamp at = r.getTimestamp("at");
        return new Difference(
                r.getObject("difference_id", UUID.class), r.getObject("statement_file_id", UUID.class), r.getString("way"), r.getString("kind"), r.getObject("here_fen", Long.class), r.getObject("there_fen", Long.class), r.getString("cause"),
                r.getObject("ordinal", Integer.class), at == null ? null : at.toInstant(), r.getString("reference"), r.getString("order_number"), r.getObject("payment_id", UUID.class), r.getObject("pupil_id", UUID.class), r.getString("child"),
                key == null || words == null ? null : personal.open(key, words));
    }

    void close(UUID school, List<UUID> ids, String cause, @Nullable UUID by, Instant now) {
        sql.sql("update billing.difference set cause = :cause, closed_by = :by, closed_at = :at where school_id = :s and difference_id = any(:ids::uuid[]) and closed_at is null")
                .param("s", school).param("ids", ids.toArray(UUID[]::new)).param("cause", cause).param("by", by, Types.OTHER).param("at", Timestamp.from(now)).update();
    }

    /** What the three sides say of the days of a file; money on the suspense list has come in too. */
    record Sides(int payments, long paid, long booked) {}

    Sides sides(UUID school, String way, LocalDate from, LocalDate until) {
        return sql.sql("""
                with came as (
                    select payment_id as id, fen, true as counts from billing.payment where school_id = :s and way = :way and day between :from and :until
                    union all select suspense_id, fen, state <> 'PLACED' from billing.suspense where school_id = :s and way = :way and day between :from and :until)
                select (count(*) filter (where counts))::int as payments, coalesce(sum(fen) filter (where counts), 0)::bigint as paid,
                       coalesce((select -sum(l.fen) from came c join billing.entry e on e.school_id = :s and e.document = 'PAYMENT' and e.document_id = c.id
                                 join billing.posting l on l.school_id = e.school_id and l.entry_id = e.entry_id
                                 where l.account in ('family', 'suspense')), 0)::bigint as booked
                from came
                """)
                .param("s", school).param("way", way).param("from", from).param("until", until).query(Sides.class).single();
    }

    /** All that came in by a way on a day, as the channel's own list would say it. */
    List<Statement.Row> came(UUID school, String way, LocalDate day) {
        return sql.sql("""
                select row_number() over (order by reference)::int as ordinal, true as paid, paid_at as at, reference, number as "order", fen, 0::bigint as fee, '' as words
                from (select p.reference, p.paid_at, p.fen, coalesce(o.number, '') as number from billing.payment p left join billing.pay_order o using (school_id, pay_order_id) where p.school_id = :s and p.way = :way and p.day = :day
                      union all select reference, paid_at, fen, order_number from billing.suspense where school_id = :s and way = :way and day = :day and state <> 'PLACED') c
                order by 1
                """)
                .param("s", school).param("way", way).param("day", day).query(Statement.Row.class).list();
    }

    /** Days on which money came in by a way whose file nobody has brought yet. */
    record Missing(String way, LocalDate day, long fen) {}

    List<Missing> missing(UUID school, LocalDate from, LocalDate until) {
        return sql.sql("""
                select p.way, p.day, sum(p.fen)::bigint as fen from billing.payment p
                where p.school_id = :s and p.way <> 'CASH' and p.day between :from and :until
                  and not exists (select 1 from billing.statement_file f where f.school_id = p.school_id and f.way = p.way and p.day between f.from_day and f.until_day)
                group by p.way, p.day order by p.day desc, p.way limit 14
                """)
                .param("s", school).param("from", from).param("until", until).query(Missing.class).list();
    }
}
