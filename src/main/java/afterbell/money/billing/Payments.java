package afterbell.money.billing;

import afterbell.base.shared.Ids;
import afterbell.base.shared.web.Screen;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one way by which money comes in, whatever brought it: counter, bank, platform file or phone. Each piece of money is known by its way and reference, so
 * it is taken once however often it is told; what fits no order is kept on the suspense account and a work list, never thrown away and never guessed.
 */
@Component
public class Payments {
    private final JdbcClient sql;
    private final PayOrders orders;
    private final Ledger ledger;
    private final Ids ids;
    private final Clock clock;

    Payments(JdbcClient sql, PayOrders orders, Ledger ledger, Ids ids, Clock clock) {
        this.sql = sql;
        this.orders = orders;
        this.ledger = ledger;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Money that came in.
     *
     * @param reference by which the way knows this piece of money: a transaction, a serial of a file, a slip
     * @param order number of the order that it pays, or empty
     * @param pupil whose money a person says it is; null where the order says it
     * @param eReceipt number of the electronic receipt that the platform gave, or null
     */
    public record Arrived(PayWay way, String reference, String order, @Nullable UUID pupil, long fen, Instant paidAt, @Nullable UUID by, @Nullable String eReceipt) {
        /** At the counter or seen on the bank's statement: a person says for whom. */
        public static Arrived of(PayWay way, String reference, UUID pupil, long fen, Instant paidAt, @Nullable UUID by) {
            return new Arrived(way, reference, "", pupil, fen, paidAt, by, null);
        }

        public LocalDate day() {
            return LocalDate.ofInstant(paidAt, Screen.ZONE);
        }

        String key() {
            return way + "/" + reference;
        }
    }

    /** What became of a piece of money. */
    public enum Fate {
        PAID,
        /** Known already: nothing was done. */
        AGAIN,
        /** No order of this number. */
        UNKNOWN,
        OTHER_AMOUNT,
        /** The order was paid by something else. */
        PAID_ALREADY;

        public boolean suspended() {
            return this == UNKNOWN || this == OTHER_AMOUNT || this == PAID_ALREADY;
        }
    }

    /** @param id of the payment or the suspended money; null where nothing was done */
    public record Taken(Arrived arrived, Fate fate, @Nullable UUID id, @Nullable UUID pupil) {}

    /** What would become of a piece of money, given the order it names. Pure: previews and acts judge alike. */
    public static Fate judge(Arrived arrived, @Nullable PayOrder order, boolean known) {
        if (known) return Fate.AGAIN;
        if (order == null) return arrived.pupil() == null ? Fate.UNKNOWN : Fate.PAID;
        if (!order.state().takesMoney()) return Fate.PAID_ALREADY;
        return order.fen() == arrived.fen() ? Fate.PAID : Fate.OTHER_AMOUNT;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public Taken take(UUID school, Arrived arrived) {
        return takeAll(school, List.of(arrived)).getFirst();
    }

    /** Takes all of it in the caller's transaction, in eight statements whatever the number; answers in the order given. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Taken> takeAll(UUID school, List<Arrived> all) {
        if (all.isEmpty()) return List.of();
        Map<String, PayOrder> byNumber = orders.locked(school, all.stream().map(Arrived::order).filter(o -> !o.isEmpty()).collect(Collectors.toSet())).stream().collect(Collectors.toMap(PayOrder::number, o -> o));
        // Asked after the locks: who waited for one sees what the other has done.
        Set<String> known = new HashSet<>(known(school, all));
        Set<UUID> paid = new HashSet<>();
        List<Taken> taken = new ArrayList<>();
        for (Arrived a : all) {
            @Nullable PayOrder order = byNumber.get(a.order());
            Fate fate = judge(a, order, !known.add(a.key()));
            if (fate == Fate.PAID && order != null && !paid.add(order.id())) fate = Fate.PAID_ALREADY;
            taken.add(new Taken(a, fate, fate == Fate.AGAIN ? null : ids.next(), order != null ? order.pupil() : a.pupil()));
        }
        return keep(school, taken, byNumber);
    }

    private List<String> known(UUID school, List<Arrived> all) {
        return sql.sql("""
                select way || '/' || reference from billing.payment where school_id = :s and reference = any(:references::text[])
                union all select way || '/' || reference from billing.suspense where school_id = :s and reference = any(:references::text[])
                """)
                .param("s", school)
                .param("references", all.stream().map(Arrived::reference).distinct().toArray(String[]::new))
                .query(String.class)
                .list();
    }

    private List<Taken> keep(UUID school, List<Taken> judged, Map<String, PayOrder> byNumber) {
        List<Taken> payments = judged.stream().filter(t -> t.fate() == Fate.PAID).toList();
        List<Taken> strange = judged.stream().filter(t -> t.fate().suspended()).toList();
        Instant now = clock.instant();
        Set<UUID> kept = new HashSet<>(addPayments(school, payments, byNumber, now));
        kept.addAll(addSuspense(school, strange));
        // A twin on another node was first by a moment: the constraint has decided, and nothing more is done for it here.
        List<Taken> done = judged.stream().map(t -> t.id() == null || kept.contains(t.id()) ? t : new Taken(t.arrived(), Fate.AGAIN, null, t.pupil())).toList();
        List<Taken> paid = done.stream().filter(t -> t.fate() == Fate.PAID).toList();
        List<UUID> answered = paid.stream().map(t -> byNumber.get(t.arrived().order())).filter(o -> o != null).map(PayOrder::id).toList();
        orders.move(school, answered, OrderState.PAID);
        ledger.postAll(school, done.stream().filter(t -> t.id() != null).map(this::draft).toList());
        Map<UUID, Long> plain = new HashMap<>();
        paid.stream().filter(t -> t.arrived().order().isEmpty()).forEach(t -> plain.merge(pupilOf(t), t.arrived().fen(), Long::sum));
        answerOpen(school, plain, now);
        orders.refresh(school, paid.stream().map(Payments::pupilOf).collect(Collectors.toSet()));
        return done;
    }

    // Money that a person took for a child answers the child's open order where it is the same amount.
    private void answerOpen(UUID school, Map<UUID, Long> plain, Instant now) {
        if (plain.isEmpty()) return;
        List<Map.Entry<UUID, Long>> all = List.copyOf(plain.entrySet());
        sql.sql("""
                with answered as (
                    update billing.pay_order o set state = 'PAID', moved_at = :now
                    from unnest(:pupils::uuid[], :fens::bigint[]) as u(pupil, fen)
                    where o.school_id = :s and o.pupil_id = u.pupil and o.fen = u.fen and o.state = 'OPEN' returning o.pay_order_id, o.pupil_id)
                update billing.payment p set pay_order_id = a.pay_order_id from answered a
                where p.school_id = :s and p.pupil_id = a.pupil_id and p.taken_at = :now and p.pay_order_id is null
                """)
                .param("s", school)
                .param("now", Timestamp.from(now))
                .param("pupils", all.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
                .param("fens", all.stream().map(Map.Entry::getValue).toArray(Long[]::new))
                .update();
    }

    private List<UUID> addPayments(UUID school, List<Taken> list, Map<String, PayOrder> byNumber, Instant now) {
        if (list.isEmpty()) return List.of();
        return sql.sql("""
                insert into billing.payment (school_id, payment_id, pupil_id, pay_order_id, way, reference, fen, paid_at, day, taken_at, taken_by, e_receipt)
                select :s, u.id, u.pupil, u.pay_order, u.way, u.reference, u.fen, u.paid_at, u.day, :now, u.taken_by, u.e_receipt
                from unnest(:ids::uuid[], :pupils::uuid[], :orders::uuid[], :ways::text[], :references::text[], :fens::bigint[], :paid::timestamptz[], :days::date[], :by::uuid[], :receipts::text[])
                     as u(id, pupil, pay_order, way, reference, fen, paid_at, day, taken_by, e_receipt)
                on conflict do nothing returning payment_id
                """)
                .param("s", school)
                .param("now", Timestamp.from(now))
                .param("ids", list.stream().map(Taken::id).toArray(UUID[]::new))
                .param("pupils", list.stream().map(Taken::pupil).toArray(UUID[]::new))
                .param("orders", list.stream().map(t -> id(byNumber.get(t.arrived().order()))).toArray(UUID[]::new))
                .param("ways", list.stream().map(t -> t.arrived().way().name()).toArray(String[]::new))
                .param("references", list.stream().map(t -> t.arrived().reference()).toArray(String[]::new))
                .param("fens", list.stream().map(t -> t.arrived().fen()).toArray(Long[]::new))
                .param("paid", list.stream().map(t -> Timestamp.from(t.arrived().paidAt())).toArray(Timestamp[]::new))
                .param("days", list.stream().map(t -> Date.valueOf(t.arrived().day())).toArray(Date[]::new))
                .param("by", list.stream().map(t -> t.arrived().by()).toArray(UUID[]::new))
                .param("receipts", list.stream().map(t -> t.arrived().eReceipt()).toArray(String[]::new))
                .query(UUID.class)
                .list();
    }

    private static @Nullable UUID id(@Nullable PayOrder order) {
        return order == null ? null : order.id();
    }

    private List<UUID> addSuspense(UUID school, List<Taken> list) {
        if (list.isEmpty()) return List.of();
        return sql.sql("""
                insert into billing.suspense (school_id, suspense_id, way, reference, fen, why, order_number, paid_at, day, state)
                select :s, u.id, u.way, u.reference, u.fen, u.why, u.number, u.paid_at, u.day, 'OPEN'
                from unnest(:ids::uuid[], :ways::text[], :references::text[], :fens::bigint[], :whys::text[], :numbers::text[], :paid::timestamptz[], :days::date[])
                     as u(id, way, reference, fen, why, number, paid_at, day)
                on conflict do nothing returning suspense_id
                """)
                .param("s", school)
                .param("ids", list.stream().map(Taken::id).toArray(UUID[]::new))
                .param("ways", list.stream().map(t -> t.arrived().way().name()).toArray(String[]::new))
                .param("references", list.stream().map(t -> t.arrived().reference()).toArray(String[]::new))
                .param("fens", list.stream().map(t -> t.arrived().fen()).toArray(Long[]::new))
                .param("whys", list.stream().map(t -> t.fate().name()).toArray(String[]::new))
                .param("numbers", list.stream().map(t -> t.arrived().order()).toArray(String[]::new))
                .param("paid", list.stream().map(t -> Timestamp.from(t.arrived().paidAt())).toArray(Timestamp[]::new))
                .param("days", list.stream().map(t -> Date.valueOf(t.arrived().day())).toArray(Date[]::new))
                .query(UUID.class)
                .list();
    }

    private Draft draft(Taken t) {
        Arrived a = t.arrived();
        UUID id = Objects.requireNonNull(t.id());
        Posting in = new Posting(a.way().account(), null, a.way().channel(), null, a.fen());
        Posting out = t.fate() == Fate.PAID ? new Posting("family", pupilOf(t), null, null, -a.fen()) : new Posting("suspense", null, null, null, -a.fen());
        return new Draft(ids.next(), Document.PAYMENT, id, t.fate() == Fate.PAID ? "paid" : "suspended", clock.instant(), a.day(), a.by(), List.of(in, out));
    }

    private static UUID pupilOf(Taken t) {
        return Objects.requireNonNull(t.pupil());
    }

    /** A strange piece of money is one child's after all: a person has found out. False where somebody else was first. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean place(UUID school, UUID suspense, UUID pupil, UUID by) {
        Instant now = clock.instant();
        LinkedHashMap<String, Object> found = new LinkedHashMap<>();
        sql.sql("""
                update billing.suspense set state = 'PLACED', pupil_id = :p, placed_at = :now, placed_by = :by
                where school_id = :s and suspense_id = :id and state = 'OPEN' returning way, reference, fen, paid_at, day
                """)
                .param("s", school)
                .param("id", suspense)
                .param("p", pupil)
                .param("now", Timestamp.from(now))
                .param("by", by)
                .query(r -> {
                    found.put("way", r.getString("way"));
                    found.put("reference", r.getString("reference"));
                    found.put("fen", r.getLong("fen"));
                    found.put("paid_at", r.getTimestamp("paid_at"));
                    found.put("day", r.getObject("day", LocalDate.class));
                });
        if (found.isEmpty()) return false;
        UUID payment = ids.next();
        sql.sql("""
                insert into billing.payment (school_id, payment_id, pupil_id, way, reference, fen, paid_at, day, taken_at, taken_by)
                values (:s, :id, :p, :way, :reference, :fen, :paid_at, :day, :now, :by)
                """)
                .param("s", school)
                .param("id", payment)
                .param("p", pupil)
                .params(found)
                .param("now", Timestamp.from(now))
                .param("by", by)
                .update();
        long fen = (Long) Objects.requireNonNull(found.get("fen"));
        ledger.post(school, new Draft(ids.next(), Document.PAYMENT, payment, "placed", now, LocalDate.ofInstant(now, Screen.ZONE), by, List.of(new Posting("suspense", null, null, null, fen), new Posting("family", pupil, null, null, -fen))));
        orders.refresh(school, List.of(pupil));
        return true;
    }
}
