package afterbell.money.billing.publishing;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.NotFound;
import afterbell.money.billing.PeopleCost;
import afterbell.money.billing.Refunds;
import afterbell.term.tariffs.PriceDocument;
import afterbell.term.tariffs.Tariffs;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Draws a sheet from the books: nothing on it is typed by anybody. */
@Component
@Transactional(readOnly = true)
class DrawSheet {
    private final JdbcClient sql;
    private final PeopleCost cost;
    private final Tariffs tariffs;
    private final Calendars calendars;
    private final Rules rules;

    DrawSheet(JdbcClient sql, PeopleCost cost, Tariffs tariffs, Calendars calendars, Rules rules) {
        this.sql = sql;
        this.cost = cost;
        this.tariffs = tariffs;
        this.calendars = calendars;
        this.rules = rules;
    }

    /** What a sheet is about. @param until inclusive, never after today */
    record Span(String kind, LocalDate from, LocalDate until) {}

    /** Terms and months that have begun, newest first; a term reaches to the day before the next one, so that its settling is on its sheet. */
    List<Span> spans(UUID school, LocalDate today) {
        List<Term> terms = calendars.terms(school).stream().filter(t -> !t.dates().first().isAfter(today)).sorted(Comparator.comparing((Term t) -> t.dates().first()).reversed()).toList();
        List<Span> spans = new java.util.ArrayList<>();
        LocalDate end = today;
        for (Term t : terms) {
            spans.add(new Span("term", t.dates().first(), end));
            end = t.dates().first().minusDays(1);
        }
        for (int back = 1; back <= 4; back++) {
            YearMonth m = YearMonth.from(today).minusMonths(back);
            spans.add(new Span("month", m.atDay(1), m.atEndOfMonth()));
        }
        return spans;
    }

    Span span(UUID school, LocalDate today, String kind, LocalDate from) {
        return spans(school, today).stream().filter(s -> s.kind().equals(kind) && s.from().equals(from)).findFirst().orElseThrow(NotFound::new);
    }

    private record Sums(boolean charges, long opening, long charged, long collected, long refunded, long owed, int children, int held, int dropped, long attended) {}

    Sheet draw(UUID school, Span span) {
        Sums sums = sums(school, span);
        if (!sums.charges()) throw new NotFound();
        int k = rules.value(school, span.until(), Rule.DISCLOSURE_K);
        PeopleCost.Share share = cost.of(school, span.from(), span.until());
        List<Crowd.Row> works = works(school, span);
        Set<UUID> payees = works.stream().flatMap(w -> w.people().stream()).collect(java.util.stream.Collectors.toSet());
        return new Sheet(
                span.kind(), span.from(), span.until(), sums.opening(), sums.charged(), sums.collected(), sums.refunded(), sums.owed(), sums.children() >= k ? sums.children() : null,
                share.uses().entrySet().stream().map(e -> new Sheet.Use(e.getKey(), e.getValue())).toList(), share.percent(),
                Crowd.of(works, k).stream().map(w -> new Sheet.Work(w.key(), w.people().size(), w.times(), w.fen())).toList(), payees.size() >= k ? payees.size() : null, sums.held(), sums.dropped(), sums.attended(),
                tariffs.inForce(school, span.until()).stream().map(DrawSheet::price).toList());
    }

    private static Sheet.Price price(PriceDocument d) {
        return new Sheet.Price(d.title(), d.authority(), d.number(), d.lines().stream().map(l -> new Sheet.Line(l.item(), l.unit().code(), l.fen())).toList(), d.refunds(), d.phone());
    }

    // Received is what came for children, less what was found never to have come; paid back is what has left the house, not what was ordered.
    private Sums sums(UUID school, Span span) {
        return sql.sql("""
                with line as materialized (
                    select e.day, e.document, case when e.memo = :corrected then 'REFUND' else e.document end as kind, p.account, p.pupil_id, p.fen from billing.pub_entry e join billing.pub_posting p using (school_id, entry_id)
                    where e.school_id = :s and e.day <= :until and (p.account in ('service-fund', 'family', 'materials-fund') or p.account in ('bank', 'cash', 'in-transit') and e.document in ('REFUND', 'CORRECTION')))
                select exists (select 1 from billing.pub_entry where school_id = :s) as charges,
                       coalesce(-sum(fen) filter (where account = 'service-fund' and day < :from), 0)::bigint as opening,
                       coalesce(-sum(fen) filter (where account = 'service-fund' and day >= :from and document not in ('SPENDING', 'PAY')), 0)::bigint as charged,
                       coalesce(-sum(fen) filter (where account = 'family' and day >= :from and kind in ('PAYMENT', 'CORRECTION')), 0)::bigint as collected,
                       coalesce(-sum(fen) filter (where account in ('bank', 'cash', 'in-transit') and day >= :from and kind = 'REFUND'), 0)::bigint as refunded,
                       (select coalesce(sum(greatest(o.fen, 0)), 0) from (select sum(fen) as fen from line where account = 'family' group by pupil_id) o)::bigint as owed,
                       count(distinct pupil_id) filter (where account = 'family' and day >= :from and document in ('CHARGE', 'ADJUSTMENT'))::int as children,
                       (select count(*)::int from timetable.pub_session x where x.school_id = :s and x.day between :from and :until and x.state <> 'dropped') as held,
                       (select count(*)::int from timetable.pub_session x where x.school_id = :s and x.day between :from and :until and x.state = 'dropped' and x.cause = 'hand') as dropped,
                       (select count(*) from custody.pub_fact f where f.school_id = :s and f.day between :from and :until and f.kind = 'counted'
                          and not exists (select 1 from custody.pub_fact u where u.school_id = f.school_id and u.day = f.day and u.pupil_id = f.pupil_id and u.kind = 'undone' and u.other_id = f.entry_id and (u.by = f.by or u.flag))) as attended
                from line
                """)
                .param("s", school)
                .param("corrected", Refunds.CORRECTED)
                .param("from", span.from())
                .param("until", span.until())
                .query(Sums.class)
                .single();
    }

    private List<Crowd.Row> works(UUID school, Span span) {
        return sql.sql("""
                select l.work, array_agg(distinct l.staff_id) as people, count(*) as times, sum(case when p.as_hours and l.work in ('club', 'own-class') then 0 else l.fen end)::bigint as fen
                from billing.pay_line l join billing.pay_month m using (school_id, month) join billing.pay_slip p using (school_id, month, staff_id)
                where l.school_id = :s and l.month between date_trunc('month', cast(:from as date))::date and :until and m.state <> 'agreed'
                group by l.work order by l.work
                """)
                .param("s", school)
                .param("from", span.from())
                .param("until", span.until())
                .query((r, n) -> new Crowd.Row(r.getString(1), Set.copyOf(Arrays.asList((UUID[]) r.getArray(2).getArray())), r.getLong(3), r.getLong(4)))
                .list();
    }
}
