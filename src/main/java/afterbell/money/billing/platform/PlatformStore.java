package afterbell.money.billing.platform;

import afterbell.money.billing.OnShow;
import afterbell.money.billing.PayOrder;
import afterbell.money.billing.Payments;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Lists and files of fee platforms. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class PlatformStore {
    private final JdbcClient sql;

    PlatformStore(JdbcClient sql) {
        this.sql = sql;
    }

    record Due(long fen, int children) {}

    Due due(UUID school, LocalDate today) {
        return sql.sql("""
                select coalesce(sum(b.fen), 0)::bigint as fen, count(*)::int as children from %s b where b.fen > 0
                """.formatted(OnShow.COLLECTABLE))
                .param("s", school)
                .param("today", today)
                .query(Due.class)
                .single();
    }

    List<UUID> debtors(UUID school) {
        return sql.sql("select pupil_id from billing.posting where school_id = :s and account = 'family' group by pupil_id having sum(fen) > 0 order by pupil_id").param("s", school).query(UUID.class).list();
    }

    void addList(UUID school, UUID list, String layout, List<PayOrder> orders, UUID by, Instant at) {
        sql.sql("insert into billing.platform_list (school_id, platform_list_id, layout, orders, fen, made_at, made_by) values (:s, :l, :layout, :n, :fen, :at, :by)")
                .param("s", school)
                .param("l", list)
                .param("layout", layout)
                .param("n", orders.size())
                .param("fen", orders.stream().mapToLong(PayOrder::fen).sum())
                .param("at", Timestamp.from(at))
                .param("by", by)
                .update();
        sql.sql("""
                insert into billing.platform_line (school_id, platform_list_id, ordinal, pay_order_id)
                select :s, :l, u.ordinality, u.id from unnest(:orders::uuid[]) with ordinality as u(id, ordinality)
                """)
                .param("s", school)
                .param("l", list)
                .param("orders", orders.stream().map(PayOrder::id).toArray(UUID[]::new))
                .update();
    }

    record Listed(UUID id, String layout, int orders, long fen, Instant at) {}

    List<Listed> lists(UUID school) {
        return sql.sql("select platform_list_id as id, layout, orders, fen, made_at as at from billing.platform_list where school_id = :s order by made_at desc limit 20").param("s", school).query(Listed.class).list();
    }

    Optional<String> layoutOf(UUID school, UUID list) {
        return sql.sql("select layout from billing.platform_list where school_id = :s and platform_list_id = :l").param("s", school).param("l", list).query(String.class).optional();
    }

    /** A line of the list as it goes out. */
    record Line(String pupilCode, String name, String className, String number, long fen, LocalDate until, String payCode) {}

    List<Line> lines(UUID school, UUID list) {
        return sql.sql("""
                select coalesce(c.code, '') as pupil_code, e.name, coalesce(p.class_name, '') as class_name, o.number, o.fen,
                       ((o.expires_at at time zone 'Asia/Shanghai') - interval '1 day')::date as until, coalesce(o.pay_code, '') as pay_code
                from billing.platform_line l join billing.pay_order o using (school_id, pay_order_id)
                join roster.pub_pupil_ever e on e.school_id = o.school_id and e.pupil_id = o.pupil_id
                left join roster.pub_pupil p on p.school_id = o.school_id and p.pupil_id = o.pupil_id
                left join roster.pub_pupil_code c on c.school_id = o.school_id and c.pupil_id = o.pupil_id
                where l.school_id = :s and l.platform_list_id = :l order by p.grade nulls last, p.class_number, e.initials, l.ordinal
                """)
                .param("s", school)
                .param("l", list)
                .query(Line.class)
                .list();
    }

    record Kept(UUID id, String layout, int paid, long fen, boolean applied, Instant at) {}

    private static final String FILE = "select platform_file_id as id, layout, paid, fen, state = 'APPLIED' as applied, brought_at as at from billing.platform_file where school_id = :s ";

    List<Kept> files(UUID school) {
        return sql.sql(FILE + "order by brought_at desc limit 20").param("s", school).query(Kept.class).list();
    }

    Optional<Kept> file(UUID school, UUID file) {
        return sql.sql(FILE + "and platform_file_id = :f").param("s", school).param("f", file).query(Kept.class).optional();
    }

    Optional<UUID> byHash(UUID school, byte[] hash) {
        return sql.sql("select platform_file_id from billing.platform_file where school_id = :s and hash = :h").param("s", school).param("h", hash).query(UUID.class).optional();
    }

    /** False where the same bytes were brought at the same moment. */
    boolean addFile(UUID school, UUID file, String layout, byte[] hash, Result result, UUID by, Instant at) {
        int added = sql.sql("""
                insert into billing.platform_file (school_id, platform_file_id, layout, hash, paid, fen, state, brought_at, brought_by)
                values (:s, :f, :layout, :h, :paid, :fen, 'SEEN', :at, :by) on conflict (school_id, hash) do nothing
                """)
                .param("s", school)
                .param("f", file)
                .param("layout", layout)
                .param("h", hash)
                .param("paid", (int) result.rows().stream().filter(Result.Row::paid).count())
                .param("fen", result.fen())
                .param("at", Timestamp.from(at))
                .param("by", by)
                .update();
        if (added == 0) return false;
        List<Result.Row> rows = result.rows();
        sql.sql("""
                insert into billing.platform_row (school_id, platform_file_id, row_number, order_number, pay_code, is_paid, fen, day, serial, e_receipt)
                select :s, :f, u.* from unnest(:numbers::int[], :orders::text[], :codes::text[], :paids::boolean[], :fens::bigint[], :days::date[], :serials::text[], :receipts::text[]) as u
                """)
                .param("s", school)
                .param("f", file)
                .param("numbers", rows.stream().map(Result.Row::number).toArray(Integer[]::new))
                .param("orders", rows.stream().map(Result.Row::order).toArray(String[]::new))
                .param("codes", rows.stream().map(Result.Row::payCode).toArray(String[]::new))
                .param("paids", rows.stream().map(Result.Row::paid).toArray(Boolean[]::new))
                .param("fens", rows.stream().map(Result.Row::fen).toArray(Long[]::new))
                .param("days", rows.stream().map(r -> Date.valueOf(r.day())).toArray(Date[]::new))
                .param("serials", rows.stream().map(Result.Row::serial).toArray(String[]::new))
                .param("receipts", rows.stream().map(Result.Row::eReceipt).toArray(String[]::new))
                .update();
        return true;
    }

    List<Result.Row> rows(UUID school, UUID file) {
        return sql.sql("select row_number as number, order_number as \"order\", pay_code, is_paid as paid, fen, day, serial, e_receipt from billing.platform_row where school_id = :s and platform_file_id = :f order by row_number")
                .param("s", school)
                .param("f", file)
                .query(Result.Row.class)
                .list();
    }

    /** Makes the file applied; false where it already is. The row stays locked until the end of the transaction. */
    boolean applying(UUID school, UUID file, UUID by, Instant at) {
        return sql.sql("update billing.platform_file set state = 'APPLIED', applied_at = :at, applied_by = :by where school_id = :s and platform_file_id = :f and state = 'SEEN'")
                        .param("s", school)
                        .param("f", file)
                        .param("at", Timestamp.from(at))
                        .param("by", by)
                        .update()
                == 1;
    }

    /** @param fate PAID, or why the money waits */
    record Booked(String serial, Payments.Fate fate) {}

    /** Which of these serials were booked before, by whatever file, and how. */
    List<Booked> booked(UUID school, Collection<String> serials) {
        return sql.sql("""
                select reference as serial, 'PAID' as fate from billing.payment p where school_id = :s and way = 'PLATFORM' and reference = any(:r::text[])
                  and not exists (select 1 from billing.suspense x where x.school_id = p.school_id and x.way = p.way and x.reference = p.reference)
                union all select reference, why from billing.suspense where school_id = :s and way = 'PLATFORM' and reference = any(:r::text[])
                """)
                .param("s", school)
                .param("r", serials.toArray(String[]::new))
                .query(Booked.class)
                .list();
    }

    record Named(UUID pupil, String name, @Nullable String className) {}

    List<Named> names(UUID school, Collection<UUID> pupils) {
        return sql.sql("""
                select e.pupil_id as pupil, e.name, p.class_name from roster.pub_pupil_ever e left join roster.pub_pupil p using (school_id, pupil_id)
                where e.school_id = :s and e.pupil_id = any(:p::uuid[])
                """)
                .param("s", school)
                .param("p", pupils.toArray(UUID[]::new))
                .query(Named.class)
                .list();
    }
}
