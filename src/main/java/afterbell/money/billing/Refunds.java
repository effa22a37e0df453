package afterbell.money.billing;

import afterbell.base.audit.Audit;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Screen;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives back what a family has paid too much. A refund is ordered out of the payments it was paid by, whose counters the database lets go no further than what
 * was paid; it is booked when it is ordered and again when it is done. Nothing leaves the house here: the channel, the bank's list, the platform's file and
 * the counter each tell when the money has gone.
 */
@Component
public class Refunds {
    /** Memo of a correction of what went back: the bank paid another amount than was ordered. */
    public static final String CORRECTED = "refund-amount";

    private final JdbcClient sql;
    private final Ledger ledger;
    private final PayOrders orders;
    private final Rules rules;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    Refunds(JdbcClient sql, Ledger ledger, PayOrders orders, Rules rules, Audit audit, Ids ids, Clock clock) {
        this.sql = sql;
        this.ledger = ledger;
        this.orders = orders;
        this.rules = rules;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** Why money goes back. */
    public enum Cause {
        /** A period was settled for less than was paid. */
        SETTLED,
        LEFT,
        NOT_DELIVERED,
        PAID_TWICE,
        EXEMPTED,
        OTHER
    }

    /** How a person wants it back. */
    public enum How {
        /** By the way it came: the channel, the platform's reversal, the counter for cash, the bank for the rest. */
        AS_PAID,
        BANK_LIST,
        COUNTER,
        /** Off the next charge; never for a child that has left. */
        NEXT_TERM
    }

    /** The way a refund goes. */
    public enum Destination {
        ORIGINAL,
        REVERSAL,
        BANK_LIST,
        COUNTER;

        static Destination of(How how, PayWay way) {
            return switch (how) {
                case BANK_LIST -> BANK_LIST;
                case COUNTER -> COUNTER;
                case NEXT_TERM -> throw new IllegalArgumentException("what is carried goes nowhere");
                case AS_PAID -> switch (way) {
                    case WECHAT, ALIPAY -> ORIGINAL;
                    case PLATFORM -> REVERSAL;
                    case CASH -> COUNTER;
                    case CARD, BANK -> BANK_LIST;
                };
            };
        }
    }

    public enum State {
        /** A second person has to look. */
        WAITING,
        READY,
        /** Handed to a channel, which may have it or not. */
        SENDING,
        /** The channel, the platform or the bank has it. */
        SENT,
        DONE,
        FAILED,
        REFUSED
    }

    /** @param fen all of the credit where null */
    public record Wanted(UUID pupil, @Nullable Long fen) {}

    private record Paid(UUID id, UUID pupil, PayWay way, long room, @Nullable UUID order) {}

    private record Piece(UUID id, Paid payment, long fen, Destination to) {}

    /**
     * Orders refunds for some children, all of them or none. From the rules' bound on the batch waits for a second person.
     *
     * @return the batch
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Outcome<UUID> order(UUID school, List<Wanted> wanted, How how, Cause cause, UUID by) {
        List<UUID> pupils = wanted.stream().map(Wanted::pupil).distinct().sorted().toList();
        if (pupils.isEmpty() || pupils.size() != wanted.size()) return refused("billing.refund.refused.nobody");
        // The payments are locked first, always in one order: whoever orders for the same child at this moment waits, and then finds less credit.
        Map<UUID, List<Paid>> payments = locked(school, pupils);
        Map<UUID, Long> balances = ledger.familyBalances(school, pupils);
        Map<UUID, Long> amounts = new LinkedHashMap<>();
        for (Wanted w : wanted) {
            long credit = -balances.getOrDefault(w.pupil(), 0L);
            long fen = w.fen() == null ? credit : w.fen();
            if (credit <= 0) return refused("billing.refund.refused.no_credit");
            if (fen < 1 || fen > credit) return refused("billing.refund.refused.too_much");
            amounts.put(w.pupil(), fen);
        }
        if (how == How.NEXT_TERM && anyGone(school, pupils)) return refused("billing.refund.refused.gone");
        if (how == How.NEXT_TERM && anyLeaves(school, pupils)) return refused("billing.refund.refused.leaves");
        return how == How.NEXT_TERM ? Outcome.done(carry(school, amounts, cause, by)) : pay(school, amounts, payments, how, cause, by);
    }

    private static <T> Outcome<T> refused(String key) {
        return Outcome.refused(new Refusal.Simple(key, "amount", List.of()));
    }

    // Of a payment that was reversed or put right by a statement, no more goes back than came.
    private Map<UUID, List<Paid>> locked(UUID school, List<UUID> pupils) {
        return sql.sql("""
                select p.payment_id as id, p.pupil_id as pupil, p.way, p.pay_order_id as "order",
                       p.fen - p.returned_fen - greatest(0, coalesce((
                           select sum(l.fen) from billing.difference d
                           join billing.entry e on e.school_id = d.school_id and e.document = 'CORRECTION' and e.document_id = d.difference_id
                           join billing.posting l on l.school_id = e.school_id and l.entry_id = e.entry_id
                           where d.school_id = p.school_id and d.payment_id = p.payment_id and l.account = 'family'), 0))::bigint as room
                from billing.payment p where p.school_id = :s and p.pupil_id = any(:p::uuid[]) order by p.pupil_id, p.payment_id for update of p
                """)
                .param("s", school)
                .param("p", pupils.toArray(UUID[]::new))
                .query(Paid.class)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Paid::pupil));
    }

    private boolean anyGone(UUID school, List<UUID> pupils) {
        return sql.sql("select exists (select 1 from roster.pub_pupil_ever where school_id = :s and pupil_id = any(:p::uuid[]) and gone)").param("s", school).param("p", pupils.toArray(UUID[]::new)).query(Boolean.class).single();
    }

    /**
     * Children of a school's last grade in the last term of its year, {@code p} their row of the roster: there is no next charge. Who was moved up into that grade over the summer
     * sits in a class of the year to come, and stays. Bound: the school as {@code :s}, {@code :today}.
     */
    public static final String LEAVES =
            """
            (p.grade = (select max(g.grade) from schools.pub_grade g where g.school_id = :s)
             and (select c.school_year from roster.pub_class c where c.school_id = :s and c.class_id = p.class_id)
                 <= (select case when t.half = 2 then t.school_year end from calendar.pub_term t where t.school_id = :s and t.starts_on <= :today order by t.starts_on desc limit 1))
            """;

    private boolean anyLeaves(UUID school, List<UUID> pupils) {
        return sql.sql("select exists (select 1 from roster.pub_pupil p where p.school_id = :s and p.pupil_id = any(:p::uuid[]) and " + LEAVES + ")")
                .param("s", school)
                .param("p", pupils.toArray(UUID[]::new))
                .param("today", LocalDate.ofInstant(clock.instant(), Screen.ZONE))
                .query(Boolean.class)
                .single();
    }

    private UUID carry(UUID school, Map<UUID, Long> amounts, Cause cause, UUID by) {
        UUID batch = addBatch(school, cause, "APPROVED", amounts.size(), amounts.values().stream().mapToLong(f -> f).sum(), by);
        List<Map.Entry<UUID, Long>> all = List.copyOf(amounts.entrySet());
        sql.sql("insert into billing.carried (school_id, refund_batch_id, pupil_id, fen, at) select :s, :b, u.pupil, u.fen, :now from unnest(:pupils::uuid[], :fens::bigint[]) as u(pupil, fen)")
                .param("s", school)
                .param("b", batch)
                .param("now", Timestamp.from(clock.instant()))
                .param("pupils", all.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
                .param("fens", all.stream().map(Map.Entry::getValue).toArray(Long[]::new))
                .update();
        audit.record(school, "billing.credit_carried", "batch", batch, Map.of("children", amounts.size()));
        return batch;
    }

    private Outcome<UUID> pay(UUID school, Map<UUID, Long> amounts, Map<UUID, List<Paid>> payments, How how, Cause cause, UUID by) {
        List<Piece> pieces = new ArrayList<>();
        for (Map.Entry<UUID, Long> amount : amounts.entrySet()) {
            long left = amount.getValue();
            // The newest money goes back first: its channel still takes it.
            for (Paid p : payments.getOrDefault(amount.getKey(), List.of()).reversed()) {
                long fen = Math.min(left, p.room());
                if (fen > 0) pieces.add(new Piece(ids.next(), p, fen, Destination.of(how, p.way())));
                left -= Math.max(fen, 0);
            }
            if (left > 0) return refused("billing.refund.refused.not_paid");
        }
        long total = pieces.stream().mapToLong(Piece::fen).sum();
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Screen.ZONE);
        boolean waits = total >= rules.value(school, today, Rule.FEE_REFUND_SECOND_PERSON_YUAN) * 100L;
        UUID batch = addBatch(school, cause, waits ? "WAITING" : "APPROVED", pieces.size(), total, by);
        addPieces(school, batch, pieces, waits ? State.WAITING : State.READY, now, today);
        raise(school, pieces);
        ledger.postAll(school, pieces.stream().map(p -> new Draft(ids.next(), Document.REFUND, p.id(), "ordered", now, today, by, List.of(Posting.ofPupil("family", p.payment().pupil(), null, p.fen()), Posting.ofPupil("refund-due", p.payment().pupil(), null, -p.fen())))).toList());
        orders.move(school, pieces.stream().map(p -> p.payment().order()).filter(o -> o != null).collect(Collectors.toSet()), OrderState.REFUND_DUE);
        audit.record(school, "billing.refunds_ordered", "batch", batch, Map.of("refunds", pieces.size(), "fen", total, "cause", cause.name()));
        return Outcome.done(batch);
    }

    private UUID addBatch(UUID school, Cause cause, String state, int refunds, long fen, UUID by) {
        UUID batch = ids.next();
        sql.sql("insert into billing.refund_batch (school_id, refund_batch_id, cause, state, refunds, fen, made_at, made_by) values (:s, :b, :cause, :state, :n, :fen, :now, :by)")
                .param("s", school)
                .param("b", batch)
                .param("cause", cause.name())
                .param("state", state)
                .param("n", refunds)
                .param("fen", fen)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", by)
                .update();
        return batch;
    }

    private void addPieces(UUID school, UUID batch, List<Piece> pieces, State state, Instant now, LocalDate today) {
        sql.sql("""
                insert into billing.refund (school_id, refund_id, refund_batch_id, number, pupil_id, payment_id, destination, fen, state, ordered_at, moved_at)
                select :s, u.id, :b, u.number, u.pupil, u.payment, u.destination, u.fen, :state, :now, :now
                from unnest(:ids::uuid[], :numbers::text[], :pupils::uuid[], :payments::uuid[], :destinations::text[], :fens::bigint[]) as u(id, number, pupil, payment, destination, fen)
                """)
                .param("s", school)
                .param("b", batch)
                .param("state", state.name())
                .param("now", Timestamp.from(now))
                .param("ids", pieces.stream().map(Piece::id).toArray(UUID[]::new))
                .param("numbers", pieces.stream().map(p -> "R" + PayOrders.number(today)).toArray(String[]::new))
                .param("pupils", pieces.stream().map(p -> p.payment().pupil()).toArray(UUID[]::new))
                .param("payments", pieces.stream().map(p -> p.payment().id()).toArray(UUID[]::new))
                .param("destinations", pieces.stream().map(p -> p.to().name()).toArray(String[]::new))
                .param("fens", pieces.stream().map(Piece::fen).toArray(Long[]::new))
                .update();
    }

    // The check on the counter is the last word: more than was paid is refused by the database, whatever was computed here.
    private void raise(UUID school, List<Piece> pieces) {
        sql.sql("update billing.payment p set returned_fen = p.returned_fen + u.fen from unnest(:ids::uuid[], :fens::bigint[]) as u(id, fen) where p.school_id = :s and p.payment_id = u.id")
                .param("s", school)
                .param("ids", pieces.stream().map(p -> p.payment().id()).toArray(UUID[]::new))
                .param("fens", pieces.stream().map(Piece::fen).toArray(Long[]::new))
                .update();
    }

    /** A second person says yes. Whoever ordered it is refused by the table as well. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Outcome<Integer> approve(UUID school, UUID batch, UUID by) {
        return decide(school, batch, "APPROVED", by, () -> {
            int ready = sql.sql("update billing.refund set state = 'READY', moved_at = :now where school_id = :s and refund_batch_id = :b and state = 'WAITING'").param("now", Timestamp.from(clock.instant())).param("s", school).param("b", batch).update();
            audit.record(school, "billing.refunds_approved", "batch", batch, Map.of("refunds", ready));
            return ready;
        });
    }

    /** A second person says no: the credit is the family's again. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Outcome<Integer> refuse(UUID school, UUID batch, UUID by) {
        return decide(school, batch, "REFUSED", by, () -> {
            List<Row> rows = rows(school, "refund_batch_id = :b and r.state = 'WAITING' for update of r", Map.of("b", batch));
            undo(school, rows, by);
            audit.record(school, "billing.refunds_refused", "batch", batch, Map.of("refunds", rows.size()));
            return rows.size();
        });
    }

    private Outcome<Integer> decide(UUID school, UUID batch, String state, UUID by, Supplier<Integer> then) {
        UUID maker = sql.sql("select made_by from billing.refund_batch where school_id = :s and refund_batch_id = :b").param("s", school).param("b", batch).query(UUID.class).optional().orElseThrow(NotFound::new);
        if (by.equals(maker)) return Outcome.refused(new Refusal.Simple("billing.refund.refused.own"));
        int decided = sql.sql("update billing.refund_batch set state = :state, decided_at = :now, decided_by = :by where school_id = :s and refund_batch_id = :b and state = 'WAITING'")
                .param("state", state)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", by)
                .param("s", school)
                .param("b", batch)
                .update();
        return decided == 0 ? Outcome.refused(new Refusal.Simple("billing.refund.refused.decided")) : Outcome.done(then.get());
    }

    /** A refund with the payment it comes from. @param order number of the order that was paid, or empty; turn: how often it was sent anew */
    public record Row(UUID id, UUID batch, String number, UUID pupil, UUID payment, Destination destination, long fen, State state, PayWay way, String reference, String order, long paid, @Nullable UUID payOrder, int turn) {
        public BackToPayer.Wanted wanted() {
            return new BackToPayer.Wanted(way, order, number, fen, paid);
        }
    }

    private List<Row> rows(UUID school, String where, Map<String, ?> values) {
        return sql.sql("""
                select r.refund_id as id, r.refund_batch_id as batch, r.number, r.pupil_id as pupil, r.payment_id as payment, r.destination, r.fen, r.state, p.way, p.reference,
                       coalesce(o.number, '') as "order", p.fen as paid, p.pay_order_id as pay_order, r.turn
                from billing.refund r join billing.payment p using (school_id, payment_id) left join billing.pay_order o on o.school_id = p.school_id and o.pay_order_id = p.pay_order_id
                where r.school_id = :s and r.
                """.stripTrailing() + where)
                .param("s", school)
                .params(values)
                .query(Row.class)
                .list();
    }

    private void undo(UUID school, List<Row> rows, @Nullable UUID by) {
        if (rows.isEmpty()) return;
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Screen.ZONE);
        move(school, rows, State.REFUSED, null);
        sql.sql("update billing.payment p set returned_fen = p.returned_fen - u.fen from (select payment, sum(fen)::bigint as fen from unnest(:ids::uuid[], :fens::bigint[]) as x(payment, fen) group by payment) u where p.school_id = :s and p.payment_id = u.payment")
                .param("s", school)
                .param("ids", rows.stream().map(Row::payment).toArray(UUID[]::new))
                .param("fens", rows.stream().map(Row::fen).toArray(Long[]::new))
                .update();
        ledger.postAll(school, rows.stream().map(r -> new Draft(ids.next(), Document.REFUND, r.id(), "refused", now, today, by, List.of(Posting.ofPupil("refund-due", r.pupil(), null, r.fen()), Posting.ofPupil("family", r.pupil(), null, -r.fen())))).toList());
        settle(school, rows);
    }

    /** Refunds that a person or a channel finishes; those that are not in a state for it are left alone. Answers those that were done now. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Row> done(UUID school, Collection<UUID> refunds, @Nullable UUID by) {
        List<Row> rows = rows(school, "refund_id = any(:ids::uuid[]) and r.state in ('READY', 'SENDING', 'SENT') order by r.refund_id for update of r", Map.of("ids", refunds.toArray(UUID[]::new)));
        if (rows.isEmpty()) return List.of();
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Screen.ZONE);
        move(school, rows, State.DONE, null);
        ledger.postAll(school, rows.stream().map(r -> new Draft(ids.next(), Document.REFUND, r.id(), memo("done", r), now, today, by, List.of(Posting.ofPupil("refund-due", r.pupil(), null, r.fen()), out(r)))).toList());
        settle(school, rows);
        return rows;
    }

    // What is booked again after it failed is another booking of the same refund.
    private static String memo(String of, Row r) {
        return r.turn() == 0 ? of : of + "-" + r.turn();
    }

    private static Posting out(Row r) {
        return switch (r.destination()) {
            case COUNTER -> Posting.of("cash", -r.fen());
            case BANK_LIST -> Posting.of("bank", -r.fen());
            case ORIGINAL, REVERSAL -> new Posting(r.way().account(), null, r.way().channel(), null, -r.fen());
        };
    }

    // An order with nothing on its way any more says what has become of it.
    private void settle(UUID school, List<Row> rows) {
        Set<UUID> touched = rows.stream().map(Row::payOrder).filter(o -> o != null).collect(Collectors.toSet());
        if (touched.isEmpty()) return;
        sql.sql("""
                update billing.pay_order o set moved_at = :now,
                       state = case when exists (select 1 from billing.refund r join billing.payment p using (school_id, payment_id) where p.school_id = o.school_id and p.pay_order_id = o.pay_order_id and r.state = 'DONE') then 'REFUNDED' else 'PAID' end
                where o.school_id = :s and o.pay_order_id = any(:orders::uuid[]) and o.state = 'REFUND_DUE'
                  and not exists (select 1 from billing.refund r join billing.payment p using (school_id, payment_id)
                                  where p.school_id = o.school_id and p.pay_order_id = o.pay_order_id and r.state not in ('DONE', 'REFUSED'))
                """)
                .param("s", school)
                .param("orders", touched.toArray(UUID[]::new))
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private void move(UUID school, Collection<Row> rows, State to, @Nullable String fault) {
        sql.sql("update billing.refund set state = :to, moved_at = :now, fault = :fault where school_id = :s and refund_id = any(:ids::uuid[])")
                .param("to", to.name())
                .param("now", Timestamp.from(clock.instant()))
                .param("fault", fault, Types.VARCHAR)
                .param("s", school)
                .param("ids", rows.stream().map(Row::id).toArray(UUID[]::new))
                .update();
    }

    /** Takes the next refunds that go back by their channel: they are SENDING before anybody is asked, so a killed node leaves a trace of what may have gone. */
    @Transactional
    public List<Row> claim(UUID school, int most, Instant askedBefore) {
        List<Row> rows = rows(
                school,
                "destination = 'ORIGINAL' and (r.state = 'READY' or r.state in ('SENDING', 'SENT') and r.moved_at <= :before) order by r.state = 'READY', r.moved_at, r.refund_id limit :most for update of r skip locked",
                Map.of("before", Timestamp.from(askedBefore), "most", most));
        if (rows.isEmpty()) return rows;
        sql.sql("update billing.refund set state = case state when 'SENT' then 'SENT' else 'SENDING' end, moved_at = :now, tries = tries + 1 where school_id = :s and refund_id = any(:ids::uuid[])")
                .param("now", Timestamp.from(clock.instant()))
                .param("s", school)
                .param("ids", rows.stream().map(Row::id).toArray(UUID[]::new))
                .update();
        return rows;
    }

    /** What the channel has said about a claimed refund. */
    @Transactional
    public void answered(UUID school, Row row, BackToPayer.Answer answer) {
        switch (answer) {
            case DONE -> done(school, List.of(row.id()), null);
            case UNDER_WAY -> step(school, row, State.SENT, null);
            case REFUSED -> step(school, row, State.FAILED, "channel_refused");
            case NO_ANSWER -> {}
        }
    }

    private void step(UUID school, Row row, State to, @Nullable String fault) {
        List<Row> now = rows(school, "refund_id = :id and r.state in ('SENDING', 'SENT') for update of r", Map.of("id", row.id()));
        if (!now.isEmpty() && now.getFirst().state() != to) move(school, now, to, fault);
    }

    /** Bank or platform could not: it waits for another way. What a channel has is the channel's to answer. @param refunds that stood on a list */
    @Transactional(propagation = Propagation.MANDATORY)
    public int failed(UUID school, Collection<UUID> refunds) {
        List<Row> rows = rows(school, "refund_id = any(:ids::uuid[]) and r.state = 'SENT' and r.destination in ('BANK_LIST', 'REVERSAL') for update of r", Map.of("ids", refunds.toArray(UUID[]::new)));
        if (!rows.isEmpty()) move(school, rows, State.FAILED, "came_back");
        return rows.size();
    }

    /** The bank never paid what counts as paid: the money is the school's again, the debt too, and the refund waits for another way. Answers how many. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int bounced(UUID school, Collection<UUID> refunds, @Nullable UUID by) {
        List<Row> rows = rows(school, "refund_id = any(:ids::uuid[]) and r.state = 'DONE' and r.destination = 'BANK_LIST' order by r.refund_id for update of r", Map.of("ids", refunds.toArray(UUID[]::new)));
        if (rows.isEmpty()) return 0;
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Screen.ZONE);
        move(school, rows, State.FAILED, "came_back");
        ledger.postAll(school, rows.stream().map(r -> new Draft(ids.next(), Document.REFUND, r.id(), memo("bounced", r), now, today, by, List.of(Posting.of("bank", r.fen()), Posting.ofPupil("refund-due", r.pupil(), null, -r.fen())))).toList());
        orders.move(school, rows.stream().map(Row::payOrder).filter(o -> o != null).collect(Collectors.toSet()), OrderState.REFUND_DUE);
        audit.record(school, "billing.refunds_bounced", "school", school, Map.of("refunds", rows.size(), "fen", rows.stream().mapToLong(Row::fen).sum()));
        return rows.size();
    }

    /** A failed one goes another way. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean redirect(UUID school, UUID refund, Destination to) {
        return sql.sql("update billing.refund set state = 'READY', destination = :to, moved_at = :now, fault = null, listed_at = null, turn = turn + 1 where school_id = :s and refund_id = :r and state = 'FAILED'")
                        .param("to", to.name())
                        .param("now", Timestamp.from(clock.instant()))
                        .param("s", school)
                        .param("r", refund)
                        .update()
                == 1;
    }

    /** Refunds of one way that wait: from now on they are with bank or platform, on one list of this moment, and on no later one. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Row> handOver(UUID school, Destination to) {
        List<Row> rows = rows(school, "destination = :to and r.state = 'READY' order by r.ordered_at, r.refund_id for update of r", Map.of("to", to.name()));
        if (rows.isEmpty()) return rows;
        move(school, rows, State.SENT, null);
        sql.sql("update billing.refund set listed_at = :now where school_id = :s and refund_id = any(:ids::uuid[])")
                .param("now", Timestamp.from(clock.instant()))
                .param("s", school)
                .param("ids", rows.stream().map(Row::id).toArray(UUID[]::new))
                .update();
        return rows;
    }

    /** What is still under way of the list of one moment, to be written once more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Row> listOf(UUID school, Destination to, Instant listed) {
        return rows(school, "destination = :to and r.state = 'SENT' and date_trunc('milliseconds', coalesce(r.listed_at, r.moved_at)) = :at order by r.ordered_at, r.refund_id", Map.of("to", to.name(), "at", Timestamp.from(listed.truncatedTo(ChronoUnit.MILLIS))));
    }
}
