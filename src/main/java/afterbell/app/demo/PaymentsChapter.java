package afterbell.app.demo;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.text.DataFile;
import afterbell.money.billing.OnShow;
import afterbell.money.billing.PayOrder;
import afterbell.money.billing.PayOrders;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Payments;
import afterbell.money.billing.Payments.Arrived;
import afterbell.money.billing.Receipts;
import afterbell.money.billing.Refunds;
import afterbell.money.billing.WaysToPay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Most families of the demo school have paid by the county's platform, some at the counter or the bank; two payments fit nothing, a few families have paid too
 * much, of whom some get it back and others wait for a second pair of eyes. Every fourth family still has its bill to pay, the signed-in one among them.
 */
@Component
@Order(111)
@ConditionalOnProperty("afterbell.demo")
final class PaymentsChapter implements DemoChapter {
    private static final long TOO_MUCH = 6_000;

    private final WaysToPay ways;
    private final PayOrders orders;
    private final Payments payments;
    private final Receipts receipts;
    private final Refunds refunds;
    private final OnShow onShow;
    private final Roster roster;
    private final JdbcClient sql;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final DataFile words = DataFile.load("demo/payments.yaml").at("ways");

    PaymentsChapter(
            WaysToPay ways, PayOrders orders, Payments payments, Receipts receipts, Refunds refunds, OnShow onShow, Roster roster, JdbcClient sql, Ids ids, Clock clock, TransactionTemplate transactions) {
        this.ways = ways;
        this.orders = orders;
        this.payments = payments;
        this.receipts = receipts;
        this.refunds = refunds;
        this.onShow = onShow;
        this.roster = roster;
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
        this.transactions = transactions;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        transactions.executeWithoutResult(t -> tell(school));
    }

    private void tell(UUID school) {
        List<UUID> pupils = roster.pupils(school).stream().map(Pupil::id).toList();
        if (onShow.collectable(school, pupils).values().stream().filter(fen -> fen > 0).count() < 100) return;
        ways.put(school, List.of(way(PayWay.CASH), way(PayWay.BANK), way(PayWay.PLATFORM)));
        UUID finance = account(school, "FINANCE");
        UUID shown = child(school);
        List<PayOrder> open = orders.openAll(school, pupils, finance);
        orders.code(school, open.stream().limit(400).collect(Collectors.toMap(PayOrder::id, o -> "3209990026" + o.number().substring(8))));
        List<PayOrder> others = open.stream().filter(o -> !o.pupil().equals(shown)).toList();
        Instant yesterday = clock.instant().minus(Duration.ofDays(1));
        List<Arrived> all = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            PayOrder o = others.get(i);
            if (i % 4 == 0 || i < 40) continue;
            all.add(new Arrived(PayWay.PLATFORM, "YQ" + o.number(), o.number(), null, o.fen(), yesterday, finance, "E" + o.number().substring(2)));
        }
        all.add(new Arrived(PayWay.PLATFORM, "YQ0000000001", "20260901ZZZZZZZZZZ", null, 7_200, yesterday, finance, null));
        all.add(new Arrived(PayWay.PLATFORM, "YQ0000000002", others.get(40).number(), null, 1_000, yesterday, finance, null));
        payments.takeAll(school, all);
        atTheCounter(school, others.subList(0, 12), finance);
        tooMuch(school, others.subList(12, 28), finance);
    }

    private WaysToPay.Way way(PayWay way) {
        return new WaysToPay.Way(way, true, words.text(way.name()));
    }

    private UUID account(UUID school, String role) {
        return sql.sql("select account_id from identity.pub_grant where school_id = :s and role = :r order by granted_at, account_id limit 1").param("s", school).param("r", role).query(UUID.class).single();
    }

    // A child of the family that the sign-in card shows; any other where the card's family has none.
    private UUID child(UUID school) {
        return sql.sql("""
                select g.pupil_id from identity.pub_grant g where g.school_id = :s and g.role = 'GUARDIAN' and g.pupil_id is not null order by g.granted_at, g.pupil_id limit 1
                """)
                .param("s", school)
                .query(UUID.class)
                .optional()
                .orElse(new UUID(0, 0));
    }

    private void atTheCounter(UUID school, List<PayOrder> some, UUID finance) {
        for (PayOrder o : some) {
            Payments.Taken taken = payments.take(school, Arrived.of(PayWay.CASH, ids.next().toString(), o.pupil(), o.fen(), clock.instant(), finance));
            receipts.write(school, Receipts.Kind.PAID, o.pupil(), o.fen(), PayWay.CASH.name(), taken.id(), finance);
        }
    }

    private void tooMuch(UUID school, List<PayOrder> some, UUID finance) {
        payments.takeAll(school, some.stream().map(o -> Arrived.of(PayWay.BANK, "BK" + o.number(), o.pupil(), o.fen() + TOO_MUCH, clock.instant(), finance)).toList());
        List<UUID> children = some.stream().map(PayOrder::pupil).toList();
        refunds.order(school, children.subList(0, 3).stream().map(p -> new Refunds.Wanted(p, null)).toList(), Refunds.How.AS_PAID, Refunds.Cause.PAID_TWICE, finance);
        refunds.order(school, children.subList(3, 13).stream().map(p -> new Refunds.Wanted(p, null)).toList(), Refunds.How.AS_PAID, Refunds.Cause.PAID_TWICE, finance);
    }
}
