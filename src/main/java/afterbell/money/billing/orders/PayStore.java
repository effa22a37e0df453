package afterbell.money.billing.orders;

import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.Listing;
import afterbell.money.billing.OnShow;
import afterbell.money.billing.OrderState;
import afterbell.money.billing.PayOrder;
import afterbell.money.billing.PayOrders;
import afterbell.money.billing.WaysToPay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads what stands on the pages of this slice. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class PayStore {
    private final JdbcClient sql;
    private final Questions questions;

    PayStore(JdbcClient sql, Questions questions) {
        this.sql = sql;
        this.questions = questions;
    }


    record Balance(UUID pupil, long fen) {}

    /** @param number of the receipt, 0 where none was written @param eReceipt of a payment; of money that goes back (below zero) the state of its refund */
    record Money(UUID pupil, String way, long fen, Instant at, int year, int number, String eReceipt) {}

    /** Everything about some children in one statement. */
    record Book(List<Shown.Named> children, Map<UUID, Long> balances, Map<UUID, OnShow.Held> held, List<PayOrder> orders, List<Money> money, List<WaysToPay.Way> ways) {}

    Book book(Collection<UUID> schools, Collection<UUID> pupils, LocalDate today) {
        Question<Shown.Named> named = childrenOf(pupils);
        Question<Balance> balances = new Question<>(
                Balance.class, "select pupil_id as pupil, sum(fen)::bigint as fen from billing.posting where account = 'family' and pupil_id = any(cast(:pupils as uuid[])) group by pupil_id", Map.of("pupils", array(pupils)));
        Question<PayOrder> orders = PayOrders.ordersOf(pupils);
        Question<Money> money = moneyOf(pupils);
        Question<WaysToPay.Way> ways = WaysToPay.waysOf(schools);
        Question<OnShow.Held> held = OnShow.heldOf(pupils, today);
        Questions.Answers all = questions.ask(named, balances, held, orders, money, ways);
        Map<UUID, Long> owed = new HashMap<>();
        all.of(balances).forEach(b -> owed.put(b.pupil(), b.fen()));
        Map<UUID, OnShow.Held> shown = new HashMap<>();
        all.of(held).forEach(h -> shown.put(h.pupil(), h));
        return new Book(all.of(named), owed, shown, all.of(orders), all.of(money), WaysToPay.complete(all.of(ways)));
    }

    private static UUID[] array(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }

    private static Question<Shown.Named> childrenOf(Collection<UUID> pupils) {
        return new Question<>(
                Shown.Named.class,
                """
                select e.pupil_id as id, e.name, coalesce(p.class_name, '') as class_name, e.gone
                from roster.pub_pupil_ever e left join roster.pub_pupil p using (school_id, pupil_id)
                where e.pupil_id = any(cast(:pupils as uuid[])) order by p.grade, e.initials, e.pupil_id
                """,
                Map.of("pupils", array(pupils)));
    }

    private static Question<Money> moneyOf(Collection<UUID> pupils) {
        return new Question<>(
                Money.class,
                """
                select m.pupil_id as pupil, m.way, m.fen, m.paid_at as at, coalesce(r.year, 0) as year, coalesce(r.number, 0) as number, coalesce(m.e_receipt, '') as e_receipt
                from billing.payment m left join billing.receipt r on r.school_id = m.school_id and r.payment_id = m.payment_id and r.kind = 'PAID'
                where m.pupil_id = any(cast(:pupils as uuid[]))
                union all
                select r.pupil_id, m.way, -r.fen, r.moved_at, 0, 0, r.state
                from billing.refund r join billing.payment m using (school_id, payment_id)
                where r.pupil_id = any(cast(:pupils as uuid[])) and r.state <> 'REFUSED'
                order by at desc
                """,
                Map.of("pupils", array(pupils)));
    }

    // --- the desk ---


    private static final String LINES =
            """
            from roster.pub_pupil_ever e
            left join roster.pub_pupil p using (school_id, pupil_id)
            left join %s b using (pupil_id)
            left join lateral (select state, number, expires_at from billing.pay_order o where o.school_id = :s and o.pupil_id = e.pupil_id order by opened_at desc, pay_order_id desc limit 1) o on true
            left join (select pupil_id, sum(fen - returned_fen)::bigint as fen from billing.payment where school_id = :s group by pupil_id) m using (pupil_id)
            where e.school_id = :s and (b.fen is not null or m.fen is not null)
              and (:q = '' or e.name like :like or e.initials like :begins or p.class_name like :like)
              and case :show when 'due' then coalesce(b.fen, 0) > 0 when 'credit' then coalesce(b.fen, 0) < 0 when 'settled' then coalesce(b.fen, 0) = 0 and coalesce(b.shown, 0) = 0 else true end
            """.formatted(OnShow.COLLECTABLE);

    long count(UUID school, Listing list, LocalDate today) {
        return filtered(sql.sql("select count(*) " + LINES), school, list, today).query(Long.class).single();
    }

    List<Shown.Line> lines(UUID school, Listing list, LocalDate today) {
        String order = switch (list.sort()) {
            case "name" -> "e.initials";
            case "due" -> "coalesce(b.fen, 0)";
            case "paid" -> "coalesce(m.fen, 0)";
            default -> "p.grade, p.class_number";
        };
        String way = list.descending() ? " desc nulls last" : " nulls last";
        return filtered(
                        sql.sql("""
                                select e.pupil_id as id, e.name, coalesce(p.class_name, '') as class_name, e.gone, greatest(coalesce(b.fen, 0), 0) as due, greatest(-coalesce(b.fen, 0), 0) as credit, coalesce(b.shown, 0) as shown,
                                       o.state, o.number, o.expires_at, coalesce(m.fen, 0) as paid
                                """ + LINES + " order by " + order.replace(",", way + ",") + way + ", e.initials, e.pupil_id limit :size offset :offset"),
                        school,
                        list,
                        today)
                .param("size", list.size())
                .param("offset", list.offset())
                .query(Shown.Line.class)
                .list();
    }

    private static JdbcClient.StatementSpec filtered(JdbcClient.StatementSpec asked, UUID school, Listing list, LocalDate today) {
        String q = list.filter("q");
        String safe = q.replaceAll("[%_\\\\]", "");
        return asked.param("s", school).param("today", today).param("q", q).param("like", "%" + safe + "%").param("begins", safe.toLowerCase(java.util.Locale.ROOT) + "%").param("show", list.filter("show"));
    }


    Shown.Figures figures(UUID school, LocalDate since, LocalDate today) {
        return sql.sql("""
                select coalesce(sum(b.fen) filter (where b.fen > 0), 0)::bigint as due, count(*) filter (where b.fen > 0)::int as debtors,
                       (select coalesce(sum(fen), 0)::bigint from billing.payment where school_id = :s and day >= :since) as paid,
                       coalesce(-sum(b.fen) filter (where b.fen < 0), 0)::bigint as credit,
                       (select count(*)::int from billing.suspense where school_id = :s and state = 'OPEN') as suspense
                from %s b
                """.formatted(OnShow.COLLECTABLE))
                .param("today", today)
                .param("s", school)
                .param("since", since)
                .query(Shown.Figures.class)
                .single();
    }


    List<Shown.Strange> strange(UUID school) {
        return sql.sql("""
                select x.suspense_id as id, x.way, x.reference, x.fen, x.why, x.order_number as number, x.day, o.pupil_id as child, e.name, o.fen as asked
                from billing.suspense x left join billing.pay_order o on o.school_id = x.school_id and o.number = x.order_number
                left join roster.pub_pupil_ever e on e.school_id = o.school_id and e.pupil_id = o.pupil_id
                where x.school_id = :s and x.state = 'OPEN' order by x.day, x.suspense_id limit 200
                """)
                .param("s", school)
                .query(Shown.Strange.class)
                .list();
    }

    /** A child by what a person types: name, initials, or class and name. */
    List<Shown.Named> search(UUID school, String typed) {
        String plain = typed.replaceAll("[%_\\\\\\s]", "");
        if (plain.isEmpty()) return List.of();
        return sql.sql("""
                select e.pupil_id as id, e.name, coalesce(p.class_name, '') as class_name, e.gone from roster.pub_pupil_ever e left join roster.pub_pupil p using (school_id, pupil_id)
                where e.school_id = :s and (e.name = :name or e.initials = :initials or p.class_name || e.name = :name) order by e.gone, p.grade, e.pupil_id limit 6
                """)
                .param("s", school)
                .param("name", plain)
                .param("initials", plain.toLowerCase(java.util.Locale.ROOT))
                .query(Shown.Named.class)
                .list();
    }

    Optional<Shown.Named> child(UUID school, UUID pupil) {
        return sql.sql("""
                select e.pupil_id as id, e.name, coalesce(p.class_name, '') as class_name, e.gone from roster.pub_pupil_ever e left join roster.pub_pupil p using (school_id, pupil_id)
                where e.school_id = :s and e.pupil_id = :p
                """)
                .param("s", school)
                .param("p", pupil)
                .query(Shown.Named.class)
                .optional();
    }
}
