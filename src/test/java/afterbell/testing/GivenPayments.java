package afterbell.testing;

import afterbell.base.shared.Ids;
import afterbell.money.billing.Document;
import afterbell.money.billing.Draft;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.OrderState;
import afterbell.money.billing.PayOrder;
import afterbell.money.billing.PayOrders;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Payments;
import afterbell.money.billing.Posting;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A school with children who owe something, booked as the ledger books a charge. */
public final class GivenPayments {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final GivenSchool given;
    private final GivenClass classes;
    private final Ledger ledger;
    private final Payments payments;
    private final PayOrders orders;
    private final JdbcClient sql;
    private final Ids ids;
    private final Clock clock;

    GivenPayments(GivenSchool given, GivenClass classes, Ledger ledger, Payments payments, PayOrders orders, JdbcClient sql, Ids ids, Clock clock) {
        this.given = given;
        this.classes = classes;
        this.ledger = ledger;
        this.payments = payments;
        this.orders = orders;
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
    }

    public List<UUID> pupils(UUID school, int count) {
        return classes.of(school, 3, NEXT.incrementAndGet() % 90 + 1, count).pupils();
    }

    /** Charges each child; below zero is credit. */
    public void charge(UUID school, List<UUID> pupils, long fen) {
        Instant now = clock.instant();
        given.in(school, () -> ledger.postAll(school, pupils.stream().map(p -> new Draft(ids.next(), Document.CHARGE, ids.next(), "test", now, LocalDate.of(2026, 10, 1), null, List.of(Posting.ofPupil("family", p, null, fen), Posting.of("service-fund", -fen)))).toList()));
    }

    /** What the family owes; below zero it has credit. */
    public long balance(UUID school, UUID pupil) {
        return given.in(school, () -> ledger.familyBalances(school, List.of(pupil)).getOrDefault(pupil, 0L));
    }

    public long account(UUID school, String account) {
        return given.in(school, () -> ledger.balance(school, account));
    }

    public PayOrder order(UUID school, UUID pupil) {
        return given.in(school, () -> orders.open(school, pupil, null).orElseThrow());
    }

    public OrderState state(UUID school, PayOrder order) {
        return given.in(school, () -> orders.find(school, order.id()).orElseThrow().state());
    }

    /** Pays in cash, as the counter does, without the receipt. */
    public UUID paid(UUID school, UUID pupil, long fen) {
        return given.in(school, () -> Objects.requireNonNull(payments.take(school, Payments.Arrived.of(PayWay.CASH, ids.next().toString(), pupil, fen, clock.instant(), null)).id()));
    }

    public long count(UUID school, String table, Map<String, ?> where) {
        return given.in(school, () -> {
            StringBuilder text = new StringBuilder("select count(*) from billing." + table + " where school_id = :s");
            where.keySet().forEach(k -> text.append(" and ").append(k).append(" = :").append(k));
            return sql.sql(text.toString()).param("s", school).params(where).query(Long.class).single();
        });
    }
}
