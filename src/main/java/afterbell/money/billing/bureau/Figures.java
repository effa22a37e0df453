package afterbell.money.billing.bureau;

import afterbell.money.billing.Refunds;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes and reads the sums of months. */
@Component
@Transactional
class Figures {
    private static final int MONTHS = 13;

    private final JdbcClient sql;
    private final Clock clock;

    Figures(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Of a school and a month, in fen. */
    record Month(UUID school, LocalDate month, long charged, long collected, long refunded, long spent, long people, long unmatched, long owed) {}

    /** Under the school's scope: the last thirteen months anew, in one statement; a school without entries has none. */
    public int make(UUID school) {
        YearMonth last = YearMonth.from(LocalDate.ofInstant(clock.instant(), afterbell.base.shared.web.Screen.ZONE));
        return sql.sql("""
                with line as materialized (
                    select date_trunc('month', e.day)::date as month, case when e.memo = :corrected then 'REFUND' else e.document end as document, e.memo, p.account, p.pupil_id, p.fen
                    from billing.pub_entry e join billing.pub_posting p using (school_id, entry_id) where e.school_id = :s and e.day <= :end),
                m as (select generate_series(cast(:first as date), cast(:last as date), interval '1 month')::date as month),
                flow as (
                    select month, coalesce(-sum(fen) filter (where account = 'service-fund' and document not in ('SPENDING', 'PAY')), 0) as charged,
                           coalesce(-sum(fen) filter (where account = 'family' and document in ('PAYMENT', 'CORRECTION')), 0) as collected,
                           coalesce(-sum(fen) filter (where account in ('bank', 'cash', 'in-transit') and document = 'REFUND'), 0) as refunded,
                           coalesce(sum(fen) filter (where account = 'service-fund' and document in ('SPENDING', 'PAY')), 0) as spent,
                           coalesce(sum(fen) filter (where account = 'service-fund' and (document = 'PAY' or document = 'SPENDING' and memo = 'external-staff')), 0) as people
                    from line group by month),
                stock as (
                    select m.month, (select coalesce(-sum(l.fen), 0) from line l where l.account = 'suspense' and l.month <= m.month) as unmatched,
                           (select coalesce(sum(greatest(o.fen, 0)), 0) from (select sum(l.fen) as fen from line l where l.account = 'family' and l.month <= m.month group by l.pupil_id) o) as owed
                    from m)
                insert into billing.month_figures (school_id, month, charged, collected, refunded, spent, people, unmatched, owed, made_at)
                select :s, s.month, coalesce(f.charged, 0), coalesce(f.collected, 0), coalesce(f.refunded, 0), coalesce(f.spent, 0), coalesce(f.people, 0), s.unmatched, s.owed, :now
                from stock s left join flow f using (month) where exists (select 1 from line where line.month <= s.month)
                on conflict (school_id, month) do update set charged = excluded.charged, collected = excluded.collected, refunded = excluded.refunded, spent = excluded.spent, people = excluded.people,
                    unmatched = excluded.unmatched, owed = excluded.owed, made_at = excluded.made_at
                """)
                .param("s", school)
                .param("corrected", Refunds.CORRECTED)
                .param("first", last.minusMonths(MONTHS - 1).atDay(1))
                .param("last", last.atDay(1))
                .param("end", last.atEndOfMonth())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** Of all schools that the scope shows, oldest first. */
    @Transactional(readOnly = true)
    public List<Month> since(LocalDate from) {
        return sql.sql("select school_id as school, month, charged, collected, refunded, spent, people, unmatched, owed from billing.month_figures where month >= :from order by month, school_id").param("from", from).query(Month.class).list();
    }
}
