package afterbell.money.billing.reconciling;

import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.web.Screen;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
     * on the suspense list is here and no difference. A bank's outgoing money is asked for apart ({@link #outgoing}); channels are asked what went back: out of a payment of
     * whatever day, a refund by its own number, and together no more than was ordered. A fee is asked for once, however many files tell it. A payment counts as what the
     * ledger holds of it, corrections included; a payment that any file tells of is not missing. What an earlier file asked about, open or answered, is not asked again: only
     * what was to come with a later file is.
     */
    int differ(UUID school, UUID file, Statement st) {
        return sql.sql("""
                with r as materialized (
                    select ordinal, kind, reference, order_number, fen, fee_fen, row_number() over (partition by kind, reference, case kind when 'back' then order_number else '' end order by ordinal) as nth
                    from billing.statement_row where school_id = :s and statement_file_id = :f),
                mended as materialized (
                    select d.payment_id, -sum(l.fen)::bigint as fen from billing.difference d
                    join billing.entry e on e.school_id = d.school_id and e.document = 'CORRECTION' and e.document_id = d.difference_id
                    join billing.posting l on l.school_id = e.school_id and l.entry_id = e.entry_id
                    where d.school_id = :s and d.payment_id is not null and l.account = 'family' group by d.payment_id),
                p as materialized (
                    select p.payment_id, p.reference, p.fen, p.fen + coalesce(m.fen, 0) as held, p.returned_fen, p.day, p.pay_order_id from billing.payment p left join mended m on m.payment_id = p.payment_id
                    where p.school_id = :s and p.way = :way and (p.day between cast(:from as date) - 1 and cast(:until as date) + 1 or p.reference in (select reference from r where kind = 'paid'))),
                paid as materialized (
                    select r.*, coalesce(p.payment_id, x.payment_id) as payment_id, coalesce(p.held, x.held) as here, p.payment_id is null and x.payment_id is not null as other, z.fen is not null as waits
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
                    select null, p.payment_id, 'missing_there', p.held, null from p
                    where p.held <> 0 and p.day between :from and :until and not exists (select 1 from r where r.kind = 'paid' and r.reference = p.reference)
                      and not exists (select 1 from billing.statement_row o join billing.statement_file f using (school_id, statement_file_id)
                                      where o.school_id = :s and o.reference = p.reference and o.kind = 'paid' and f.way = :way and f.statement_file_id <> :f)
                    union all
                    select null, p.payment_id, 'books', -coalesce(b.fen, 0), p.fen from p left join books b on b.document_id = p.payment_id where p.day between :from and :until and coalesce(-b.fen, 0) <> p.fen
                    union all
                    select ordinal, payment_id, case when nth > 1 then 'twice' when payment_id is null or returned_fen < gone then 'back_unknown' end, returned_fen, fen from back
                    union all
                    select null, null, 'fee', null, fen from fee where fen > 0),
                named as (
                    select n.*, case when n.kind in ('amount', 'missing_there', 'books') then concat_ws('|', n.kind, n.payment_id, n.here, n.there)
                                     else concat_ws('|', n.kind, r.reference, r.order_number, n.there) end as name
                    from found n left join r on r.ordinal = n.ordinal where n.kind is not null),
                asked as materialized (
                    select case when d.kind in ('amount', 'missing_there', 'books') then concat_ws('|', d.kind, d.payment_id, d.here_fen, d.there_fen) else concat_ws('|', d.kind, o.reference, o.order_number, d.there_fen) end as name
                    from billing.difference d join billing.statement_file f using (school_id, statement_file_id)
                    left join billing.statement_row o on o.school_id = d.school_id and o.statement_file_id = d.statement_file_id and o.ordinal = d.ordinal
                    where d.school_id = :s and f.way = :way and d.kind <> 'fee' and d.refund_id is null
                      and case when d.kind in ('amount', 'missing_there', 'books') then coalesce(d.cause, 'asked') = 'asked' else coalesce(d.cause, '') not in ('later', 'came') end)
                insert into billing.difference (school_id, difference_id, statement_file_id, ordinal, payment_id, kind, here_fen, there_fen)
                select :s, gen_random_uuid(), :f, ordinal, payment_id, kind, here, there from named n where not exists (select 1 from asked a where a.name = n.name)
                """)
                .param("s", school)
                .param("f", file)
                .param("way", st.layout().way().name())
                .param("from", st.from())
                .param("until", st.until())
                .param("unknown", st.layout().way().name().equals("BANK") ? "unknown_payer" : "missing_here")
                .update();
    }

    /**
     * What a bank's file says went out, beside the refunds that were listed for the bank. A row pays a refund that it names; else a whole list of its sum; else a refund of its
     * amount that was listed before, one row for one refund. Other outgoing money is other business. A row that an earlier file told is passed over.
     */
    int outgoing(UUID school, UUID file, Statement st) {
        if (!st.layout().way().name().equals("BANK") || st.back() == 0) return unpaid(school, file, st);
        sql.sql("""
                with r as materialized (%s),
                due as materialized (%s),
                by_number as (select distinct on (b.refund_id) b.refund_id, b.turn, r.ordinal, r.fen, b.listed_at from r join due b on b.number = r.order_number order by b.refund_id, r.ordinal),
                whole as (
                    select distinct on (l.listed_at) l.listed_at, r.ordinal
                    from (select listed_at, sum(fen) as fen from due group by listed_at having count(*) > 1) l join r on r.fen = l.fen and not r.named and r.at > l.listed_at - interval '1 day'
                    where not exists (select 1 from by_number n where n.listed_at = l.listed_at) order by l.listed_at, r.ordinal),
                by_list as (
                    select b.refund_id, b.turn, min(w.ordinal) over (partition by w.listed_at) as ordinal, b.fen from due b join whole w on w.listed_at = b.listed_at
                    where w.listed_at = (select max(x.listed_at) from whole x where x.ordinal = w.ordinal))
                insert into billing.refund_seen (school_id, refund_id, turn, statement_file_id, ordinal, fen)
                select :s, refund_id, turn, :f, ordinal, fen from (select refund_id, turn, ordinal, fen from by_number union all select refund_id, turn, ordinal, fen from by_list) x
                on conflict do nothing
                """.formatted(WENT, DUE))
                .param("s", school).param("f", file).param("number", ReadStatement.REFUND.pattern()).update();
        byAmount(school, file);
        int told = sql.sql("""
                with r as materialized (%s),
                w as (select refund_id, turn, ordinal, fen from billing.refund_seen where school_id = :s and statement_file_id = :f),
                found as (
                    select w.ordinal, b.refund_id, case when w.fen <> b.fen then 'back_amount' when b.state = 'SENT' then 'back_paid' end as kind, b.fen as here, w.fen as there
                    from w join billing.refund b on b.school_id = :s and b.refund_id = w.refund_id
                    union all
                    select r.ordinal, b.refund_id, case when b.refund_id is null or b.destination <> 'BANK_LIST' or b.state not in ('SENT', 'DONE') then 'back_unknown' else 'back_twice' end, b.fen, r.fen
                    from r left join billing.refund b on b.school_id = :s and b.number = r.order_number
                    where r.named and r.ordinal not in (select ordinal from w))
                insert into billing.difference (school_id, difference_id, statement_file_id, ordinal, refund_id, kind, here_fen, there_fen)
                select :s, gen_random_uuid(), :f, ordinal, refund_id, kind, here, there from found where kind is not null
                """.formatted(WENT))
                .param("s", school).param("f", file).param("number", ReadStatement.REFUND.pattern()).update();
        return told + unpaid(school, file, st);
    }

    private static final String WENT =
            """
            select r.ordinal, r.order_number, r.fen, r.at, r.order_number ~ ('^' || :number || '$') as named from billing.statement_row r
            where r.school_id = :s and r.statement_file_id = :f and r.kind = 'back'
              and not exists (select 1 from billing.statement_row o join billing.statement_file f using (school_id, statement_file_id)
                              where o.school_id = :s and o.reference = r.reference and o.kind = 'back' and f.way = 'BANK' and (f.statement_file_id <> :f or o.ordinal < r.ordinal))
            """;

    /** Refunds that stand on a list for the bank and of which no row tells yet. */
    private static final String DUE =
            """
            select b.refund_id, b.turn, b.number, b.fen, b.listed_at from billing.refund b
            where b.school_id = :s and b.destination = 'BANK_LIST' and b.state in ('SENT', 'DONE') and b.listed_at is not null
              and not exists (select 1 from billing.refund_seen w where w.school_id = b.school_id and w.refund_id = b.refund_id and w.turn = b.turn)
            """;

    private record Due(UUID refund, int turn, long fen, Instant listed) {}

    private record Went(int ordinal, long fen, Instant at) {}

    private record Pair(Due due, Went row) {}

    // The oldest row first, each for the refund of its amount that has waited longest. A row from before the oldest of them was listed is other business and takes nobody's place.
    private void byAmount(UUID school, UUID file) {
        Map<Long, Deque<Due>> due = new HashMap<>();
        for (Due d : sql.sql("select refund_id as refund, turn, fen, listed_at as listed from (" + DUE + ") b order by listed_at, refund_id").param("s", school).query(Due.class).list()) due.computeIfAbsent(d.fen(), f -> new ArrayDeque<>()).add(d);
        if (due.isEmpty()) return;
        List<Went> rows = sql.sql("select ordinal, fen, at from (" + WENT + ") r where not named and ordinal not in (select ordinal from billing.refund_seen where school_id = :s and statement_file_id = :f) order by at, ordinal")
                .param("s", school).param("f", file).param("number", ReadStatement.REFUND.pattern()).query(Went.class).list();
        List<Pair> pairs = new ArrayList<>();
        for (Went row : rows) {
            Deque<Due> waiting = due.getOrDefault(row.fen(), new ArrayDeque<>());
            @Nullable Due oldest = waiting.peek();
            if (oldest == null || !row.at().isAfter(oldest.listed().minus(Duration.ofDays(1)))) continue;
            pairs.add(new Pair(waiting.remove(), row));
        }
        if (pairs.isEmpty()) return;
        sql.sql("insert into billing.refund_seen (school_id, refund_id, turn, statement_file_id, ordinal, fen) select :s, u.refund, u.turn, :f, u.ordinal, u.fen from unnest(:refunds::uuid[], :turns::int[], :ordinals::int[], :fens::bigint[]) as u(refund, turn, ordinal, fen)")
                .param("s", school)
                .param("f", file)
                .param("refunds", pairs.stream().map(p -> p.due().refund()).toArray(UUID[]::new))
                .param("turns", pairs.stream().map(p -> p.due().turn()).toArray(Integer[]::new))
                .param("ordinals", pairs.stream().map(p -> p.row().ordinal()).toArray(Integer[]::new))
                .param("fens", pairs.stream().map(p -> p.row().fen()).toArray(Long[]::new))
                .update();
    }

    /** Refunds that count as paid by the bank on the file's days, and that no file of the bank tells of. */
    private int unpaid(UUID school, UUID file, Statement st) {
        if (!st.layout().way().name().equals("BANK")) return 0;
        return sql.sql("""
                insert into billing.difference (school_id, difference_id, statement_file_id, refund_id, kind, here_fen)
                select :s, gen_random_uuid(), :f, b.refund_id, 'back_missing', b.fen from billing.refund b
                where b.school_id = :s and b.destination = 'BANK_LIST' and b.state = 'DONE' and b.listed_at is not null and b.moved_at >= :from and b.moved_at < :until
                  and not exists (select 1 from billing.refund_seen w where w.school_id = b.school_id and w.refund_id = b.refund_id and w.turn = b.turn)
                  and not exists (select 1 from billing.difference d where d.school_id = b.school_id and d.refund_id = b.refund_id and d.kind = 'back_missing' and coalesce(d.cause, 'asked') = 'asked')
                """)
                .param("s", school)
                .param("f", file)
                .param("from", Timestamp.from(st.from().atStartOfDay(Screen.ZONE).toInstant()))
                .param("until", Timestamp.from(st.until().plusDays(1).atStartOfDay(Screen.ZONE).toInstant()))
                .update();
    }

    /** A payment that was reversed because it had not come, and a file that tells of it after all. @param fen what was reversed */
    record Late(UUID difference, UUID payment, UUID pupil, long fen, Instant at) {}

    /** Reversed money that this file tells of: it has come, and its difference says so from now on. */
    List<Late> late(UUID school, UUID file, String way) {
        return sql.sql("""
                update billing.difference d set cause = 'came'
                from billing.payment p join billing.statement_row r on r.school_id = p.school_id and r.reference = p.reference and r.kind = 'paid' and r.statement_file_id = :f
                where d.school_id = :s and d.kind = 'missing_there' and d.cause = 'reverse' and d.here_fen = r.fen and p.school_id = :s and p.payment_id = d.payment_id and p.way = :way
                returning d.difference_id as difference, p.payment_id as payment, p.pupil_id as pupil, d.here_fen as fen, r.at
                """)
                .param("s", school).param("f", file).param("way", way).query(Late.class).list();
    }

    /** What was missing in an earlier file of the way and stands in this one is closed. */
    int came(UUID school, UUID file, String way, Instant now) {
        return sql.sql("""
                update billing.difference d set cause = 'came', closed_at = :now
                from billing.payment p join billing.statement_row r on r.school_id = p.school_id and r.reference = p.reference and r.kind = 'paid' and r.statement_file_id = :f
                where d.school_id = :s and d.closed_at is null and d.kind = 'missing_there' and d.statement_file_id <> :f and p.school_id = :s and p.payment_id = d.payment_id and p.way = :way
                """)
                .param("s", school).param("f", file).param("way", way).param("now", Timestamp.from(now)).update()
                + sql.sql("""
                update billing.difference d set cause = 'came', closed_at = :now
                from billing.refund_seen w where d.school_id = :s and d.closed_at is null and d.kind = 'back_missing' and w.school_id = :s and w.statement_file_id = :f and w.refund_id = d.refund_id
                """)
                .param("s", school).param("f", file).param("now", Timestamp.from(now)).update();
    }

    /** Open differences that other files of the way have asked about, of days that this one shares with them. */
    List<StatementPage.Elsewhere> elsewhere(UUID school, UUID file, String way, LocalDate from, LocalDate until) {
        return sql.sql("""
                select f.statement_file_id as id, f.from_day as "from", f.until_day as until, count(*)::int as open from billing.statement_file f join billing.difference d using (school_id, statement_file_id)
                where f.school_id = :s and f.way = :way and f.statement_file_id <> :f and f.from_day <= :until and f.until_day >= :from and d.closed_at is null
                group by f.school_id, f.statement_file_id order by f.until_day desc, f.uploaded_at desc limit 5
                """)
                .param("s", school).param("way", way).param("f", file).param("from", from).param("until", until).query(StatementPage.Elsewhere.class).list();
    }

    /**
     * One difference with the row behind it.
     *
     * @param here what the house says; there: what the file says, in fen; null where one of them is silent
     * @param child name of the child whose payment or refund it is; empty where there is none
     */
    record Difference(
            UUID id, UUID file, String way, String kind, @Nullable Long here, @Nullable Long there, @Nullable String cause, @Nullable Integer ordinal, @Nullable Instant at, @Nullable String reference, @Nullable String order, @Nullable UUID payment, @Nullable UUID refund, @Nullable UUID pupil,
            String child, @Nullable String words) {
        long amount() {
            return there != null ? there : here == null ? 0 : here;
        }
    }

    private static final String DIFFERENCE =
            """
            select d.difference_id, d.statement_file_id, f.way, d.kind, d.here_fen, d.there_fen, d.cause, d.ordinal, coalesce(r.at, p.paid_at) as at, coalesce(r.reference, p.reference, b.number) as reference, r.order_number, d.payment_id, d.refund_id, coalesce(p.pupil_id, b.pupil_id) as pupil_id,
                   coalesce(c.name, '') as child, f.words_key, r.words
            from billing.difference d
            join billing.statement_file f using (school_id, statement_file_id)
            left join billing.statement_row r on r.school_id = d.school_id and r.statement_file_id = d.statement_file_id and r.ordinal = d.ordinal
            left join billing.payment p on p.school_id = d.school_id and p.payment_id = d.payment_id
            left join billing.refund b on b.school_id = d.school_id and b.refund_id = d.refund_id
            left join roster.pub_pupil_ever c on c.school_id = d.school_id and c.pupil_id = coalesce(p.pupil_id, b.pupil_id)
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

    private record Behind(String number, boolean stays) {}

    /** Numbers of the refunds behind differences that are no longer what their row paid: called back, or sent anew or another way since. All of them are locked. */
    List<String> astray(UUID school, List<UUID> differences) {
        return sql.sql("""
                select b.number, b.destination = 'BANK_LIST' and b.state in ('SENT', 'DONE') and exists (
                           select 1 from billing.refund_seen w where w.school_id = b.school_id and w.refund_id = b.refund_id and w.turn = b.turn
                             and (d.kind = 'back_twice' or w.statement_file_id = d.statement_file_id and w.ordinal = d.ordinal)) as stays
                from billing.refund b join billing.difference d on d.school_id = b.school_id and d.refund_id = b.refund_id
                where b.school_id = :s and d.difference_id = any(:ids::uuid[]) order by b.refund_id for update of b
                """)
                .param("s", school).param("ids", differences.toArray(UUID[]::new)).query(Behind.class).stream().filter(b -> !b.stays()).map(Behind::number).toList();
    }

    /** References of rows whose money is here already with another amount, so that it would not be taken in. */
    List<String> takenOtherwise(UUID school, List<UUID> differences) {
        return sql.sql("""
                select r.reference from billing.difference d join billing.statement_file f using (school_id, statement_file_id) join billing.statement_row r using (school_id, statement_file_id, ordinal)
                where d.school_id = :s and d.difference_id = any(:ids::uuid[])
                  and (exists (select 1 from billing.suspense z where z.school_id = :s and z.way = f.way and z.reference = r.reference and z.fen <> r.fen)
                       or exists (select 1 from billing.payment p where p.school_id = :s and p.way = f.way and p.reference = r.reference and p.fen <> r.fen))
                order by r.ordinal
                """)
                .param("s", school).param("ids", differences.toArray(UUID[]::new)).query(String.class).list();
    }

    private Difference difference(java.sql.ResultSet r, int n) throws java.sql.SQLException {
        byte @Nullable [] key = r.getBytes("words_key");
        byte @Nullable [] words = r.getBytes("words");
        @Nullable Timestamp at = r.getTimestamp("at");
        return new Difference(
                r.getObject("difference_id", UUID.class), r.getObject("statement_file_id", UUID.class), r.getString("way"), r.getString("kind"), r.getObject("here_fen", Long.class), r.getObject("there_fen", Long.class), r.getString("cause"),
                r.getObject("ordinal", Integer.class), at == null ? null : at.toInstant(), r.getString("reference"), r.getString("order_number"), r.getObject("payment_id", UUID.class), r.getObject("refund_id", UUID.class), r.getObject("pupil_id", UUID.class), r.getString("child"),
                key == null || words == null ? null : personal.open(key, words));
    }

    void close(UUID school, List<UUID> ids, String cause, @Nullable UUID by, Instant now) {
        sql.sql("update billing.difference set cause = :cause, closed_by = :by, closed_at = :at where school_id = :s and difference_id = any(:ids::uuid[]) and closed_at is null")
                .param("s", school).param("ids", ids.toArray(UUID[]::new)).param("cause", cause).param("by", by, Types.OTHER).param("at", Timestamp.from(now)).update();
    }

    /** What the three sides say of the days of a file; money on the suspense list has come in too, and the ledger holds what was corrected. */
    record Sides(int payments, long paid, long booked) {}

    Sides sides(UUID school, String way, LocalDate from, LocalDate until) {
        return sql.sql("""
                with came as (
                    select payment_id as id, fen, true as counts from billing.payment where school_id = :s and way = :way and day between :from and :until
                    union all select suspense_id, fen, state <> 'PLACED' from billing.suspense where school_id = :s and way = :way and day between :from and :until)
                select (count(*) filter (where counts))::int as payments, coalesce(sum(fen) filter (where counts), 0)::bigint as paid,
                       coalesce((select -sum(l.fen) from came c join billing.entry e on e.school_id = :s and e.document = 'PAYMENT' and e.document_id = c.id
                                 join billing.posting l on l.school_id = e.school_id and l.entry_id = e.entry_id
                                 where l.account in ('family', 'suspense')), 0)::bigint
                       + coalesce((select -sum(l.fen) from came c join billing.difference d on d.school_id = :s and d.payment_id = c.id join billing.entry e on e.school_id = :s and e.document = 'CORRECTION' and e.document_id = d.difference_id
                                   join billing.posting l on l.school_id = e.school_id and l.entry_id = e.entry_id where l.account = 'family'), 0)::bigint as booked
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
