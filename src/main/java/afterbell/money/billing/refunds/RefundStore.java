package afterbell.money.billing.refunds;

import afterbell.money.billing.PayWay;
import afterbell.money.billing.Refunds;
import afterbell.money.billing.Refunds.Cause;
import afterbell.money.billing.Refunds.Destination;
import afterbell.money.billing.Refunds.State;
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

/** Reads credit, batches and refunds for the pages of this slice. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class RefundStore {
    private final JdbcClient sql;

    RefundStore(JdbcClient sql) {
        this.sql = sql;
    }

    List<RefundsPage.Credit> credits(UUID school, @Nullable UUID pupil, LocalDate today) {
        return sql.sql("""
                select b.pupil_id as pupil, e.name, coalesce(p.class_name, '') as class_name, e.gone, coalesce(%s, false) as leaves, b.fen, coalesce(c.fen, 0) as carried
                from (select pupil_id, -sum(fen)::bigint as fen from billing.posting where school_id = :s and account = 'family' group by pupil_id having sum(fen) < 0) b
                join roster.pub_pupil_ever e on e.school_id = :s and e.pupil_id = b.pupil_id
                left join roster.pub_pupil p on p.school_id = :s and p.pupil_id = b.pupil_id
                left join lateral (select fen from billing.carried c where c.school_id = :s and c.pupil_id = b.pupil_id order by at desc limit 1) c on true
                where cast(:p as uuid) is null or b.pupil_id = :p
                order by e.gone desc, p.grade, p.class_number, e.initials, b.pupil_id limit 2000
                """.formatted(Refunds.LEAVES))
                .param("s", school)
                .param("p", pupil)
                .param("today", today)
                .query(RefundsPage.Credit.class)
                .list();
    }

    List<RefundsPage.Batch> batches(UUID school, @Nullable UUID batch) {
        return sql.sql("""
                select b.refund_batch_id as id, b.cause, b.state, b.fen, b.made_at as at, b.made_by as by, count(r.refund_id)::int as refunds, count(*) filter (where r.state = 'DONE')::int as done,
                       count(*) filter (where r.state = 'FAILED')::int as failed, count(*) filter (where r.state in ('SENDING', 'SENT'))::int as sent
                from billing.refund_batch b left join billing.refund r using (school_id, refund_batch_id)
                where b.school_id = :s and (cast(:b as uuid) is null or b.refund_batch_id = :b) and not exists (select 1 from billing.carried c where c.school_id = b.school_id and c.refund_batch_id = b.refund_batch_id)
                group by b.school_id, b.refund_batch_id order by b.state = 'WAITING' desc, b.made_at desc limit 50
                """)
                .param("s", school)
                .param("b", batch)
                .query(RefundsPage.Batch.class)
                .list();
    }

    /** Refunds of one batch, or those of one way that wait at the counter or came back. */
    List<RefundsPage.Line> lines(UUID school, @Nullable UUID batch) {
        return sql.sql("""
                select r.refund_id as id, r.number, r.pupil_id as pupil, e.name, coalesce(p.class_name, '') as class_name, r.destination, m.way, r.fen, r.state, coalesce(a.tail, '') as tail, coalesce(a.desk, false) as entered,
                       case when r.state = 'SENT' then coalesce(r.listed_at, r.moved_at) end as listed
                from billing.refund r join billing.payment m using (school_id, payment_id) join roster.pub_pupil_ever e on e.school_id = r.school_id and e.pupil_id = r.pupil_id
                left join roster.pub_pupil p on p.school_id = r.school_id and p.pupil_id = r.pupil_id left join billing.payout_account a on a.school_id = r.school_id and a.pupil_id = r.pupil_id
                where r.school_id = :s and case when cast(:b as uuid) is not null then r.refund_batch_id = :b else r.state = 'FAILED' or r.state in ('READY', 'SENT') and r.destination <> 'ORIGINAL' end
                order by r.state = 'FAILED' desc, r.destination, listed, p.grade, p.class_number, e.initials, r.refund_id limit 2000
                """)
                .param("s", school)
                .param("b", batch)
                .query(RefundsPage.Line.class)
                .list();
    }

    /** A line of a list for bank or platform, with what stays sealed until it is written. */
    record Listed(UUID id, String number, Instant listed, String name, String className, long fen, String reference, String order, String eReceipt, PayWay way, byte @Nullable [] key, byte @Nullable [] sealed) {}

    List<Listed> listed(UUID school, Collection<UUID> refunds) {
        return sql.sql("""
                select r.refund_id as id, r.number, coalesce(r.listed_at, r.moved_at) as listed, e.name, coalesce(p.class_name, '') as class_name, r.fen, m.reference, coalesce(o.number, '') as "order", coalesce(m.e_receipt, '') as e_receipt, m.way,
                       a.row_key as key, a.sealed
                from billing.refund r join billing.payment m using (school_id, payment_id) left join billing.pay_order o on o.school_id = m.school_id and o.pay_order_id = m.pay_order_id
                join roster.pub_pupil_ever e on e.school_id = r.school_id and e.pupil_id = r.pupil_id left join roster.pub_pupil p on p.school_id = r.school_id and p.pupil_id = r.pupil_id
                left join billing.payout_account a on a.school_id = r.school_id and a.pupil_id = r.pupil_id
                where r.school_id = :s and r.refund_id = any(:ids::uuid[]) order by p.grade, p.class_number, e.initials, r.refund_id
                """)
                .param("s", school)
                .param("ids", refunds.toArray(UUID[]::new))
                .query((r, n) -> new Listed(
                        r.getObject("id", UUID.class),
                        r.getString("number"),
                        r.getTimestamp("listed").toInstant(),
                        r.getString("name"),
                        r.getString("class_name"),
                        r.getLong("fen"),
                        r.getString("reference"),
                        r.getString("order"),
                        r.getString("e_receipt"),
                        PayWay.valueOf(r.getString("way")),
                        r.getBytes("key"),
                        r.getBytes("sealed")))
                .list();
    }

    /** @param tail last four digits; desk: whether finance says it, and not the family */
    void keepAccount(UUID school, UUID pupil, byte[] key, byte[] sealed, String tail, boolean desk, UUID by, Instant at) {
        sql.sql("""
                insert into billing.payout_account (school_id, pupil_id, row_key, sealed, tail, desk, said_at, said_by) values (:s, :p, :k, :x, :tail, :desk, :at, :by)
                on conflict (school_id, pupil_id) do update set row_key = excluded.row_key, sealed = excluded.sealed, tail = excluded.tail, desk = excluded.desk, said_at = excluded.said_at, said_by = excluded.said_by
                """)
                .param("s", school)
                .param("p", pupil)
                .param("k", key)
                .param("x", sealed)
                .param("tail", tail)
                .param("desk", desk)
                .param("at", Timestamp.from(at))
                .param("by", by)
                .update();
    }

    Optional<String> name(UUID school, UUID pupil) {
        return sql.sql("select name from roster.pub_pupil_ever where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).query(String.class).optional();
    }

    /** @param tail last four digits; desk: whether finance entered it */
    record Account(String tail, boolean desk) {}

    Optional<Account> account(UUID school, UUID pupil) {
        return sql.sql("select tail, desk from billing.payout_account where school_id = :s and pupil_id = :p and row_key is not null").param("s", school).param("p", pupil).query(Account.class).optional();
    }

    /** The child and amount of a refund that was handed out at the counter. */
    record Handed(UUID pupil, UUID payment, long fen, Destination destination, State state, Cause cause) {}

    Optional<Handed> refund(UUID school, UUID refund) {
        return sql.sql("""
                select r.pupil_id as pupil, r.payment_id as payment, r.fen, r.destination, r.state, b.cause from billing.refund r join billing.refund_batch b using (school_id, refund_batch_id)
                where r.school_id = :s and r.refund_id = :r
                """)
                .param("s", school)
                .param("r", refund)
                .query(Handed.class)
                .optional();
    }
}
