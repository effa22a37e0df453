package afterbell.money.billing.reconciling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.Channel;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Payments;
import afterbell.testing.GivenPayments;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HouseTest
@Req("R117")
class FetchBillIT {
    @Autowired GivenSchool given;
    @Autowired GivenPayments bill;
    @Autowired Payments payments;
    @Autowired Reconcile reconcile;
    @Autowired StatementStore store;
    @Autowired TransactionTemplate transactions;
    @Autowired JdbcClient sql;
    @Autowired Ids ids;
    @Autowired Clock clock;

    private final AtomicInteger asked = new AtomicInteger();
    private CyclicBarrier atOnce = new CyclicBarrier(1);
    private Optional<List<Channel.BillLine>> answer = Optional.empty();
    UUID school = new UUID(0, 0);
    LocalDate day = LocalDate.EPOCH;

    @BeforeEach
    void two_have_paid_by_phone_yesterday() {
        school = given.school();
        day = reconcile.today().minusDays(1);
        List<UUID> pupils = bill.pupils(school, 2);
        given.in(school, () -> payments.takeAll(school, List.of(Payments.Arrived.of(PayWay.ALIPAY, "A1", pupils.getFirst(), 36_000, at(), null), Payments.Arrived.of(PayWay.ALIPAY, "A2", pupils.getLast(), 4_680, at(), null))));
    }

    private Instant at() {
        return day.atTime(16, 0).atZone(Screen.ZONE).toInstant();
    }

    private Channel.BillLine line(String reference, long fen, long fee) {
        return new Channel.BillLine(reference, "", fen, fee, at());
    }

    private Outcome<Reconcile.Taken> fetch(String way, LocalDate of) {
        FetchBill bills = new FetchBill(
                reconcile,
                store,
                new Channel.Bills() {
                    @Override
                    public boolean has(UUID asking, PayWay channel) {
                        return asking.equals(school) && channel == PayWay.ALIPAY;
                    }

                    @Override
                    public Optional<List<Channel.BillLine>> of(UUID asking, PayWay channel, LocalDate when) {
                        asked.incrementAndGet();
                        try {
                            atOnce.await(20, TimeUnit.SECONDS);
                        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                            throw new IllegalStateException(alone);
                        }
                        return answer;
                    }
                },
                transactions);
        Wearer finance = new Wearer(ids.next(), "f", Hat.STAFF, List.of(new Wearer.Grant(Role.FINANCE, school, null, null, null, null)), true);
        return Scopes.within(Scope.school(school, finance.account()), () -> bills.fetch(finance, way, of));
    }

    private static String refusal(Outcome<Reconcile.Taken> outcome) {
        return outcome instanceof Outcome.Refused<Reconcile.Taken>(List<Refusal> no) ? no.getFirst().messageKey() : "done";
    }

    @Test
    void a_bill_that_is_fetched_is_compared_as_a_brought_one_is_and_only_once() {
        answer = Optional.of(List.of(line("A1", 36_000, 216), line("A2", 4_600, 28), line("A3", 500, 3), line("A1", -4_680, -28)));
        Outcome<Reconcile.Taken> first = fetch("ALIPAY", day);
        assertThat(first).isInstanceOf(Outcome.Done.class);
        List<String> kinds = given.in(school, () -> sql.sql("select kind || ' ' || coalesce(there_fen, 0) from billing.difference where school_id = :s order by 1").param("s", school).query(String.class).list());
        assertThat(kinds).as("another amount, one nobody knows, money back that nobody ordered, and the fee").containsExactly("amount 4600", "back_unknown 4680", "fee 247", "missing_here 500");
        // A second look would ask for the fee again.
        assertThat(refusal(fetch("ALIPAY", day))).isEqualTo("billing.reconcile.refused.fetched");
        assertThat(asked).hasValue(1);
    }

    @Test
    void four_taps_at_one_moment_bring_one_file_and_ask_for_one_fee() throws Exception {
        answer = Optional.of(List.of(line("A1", 36_000, 216), line("A2", 4_680, 28)));
        atOnce = new CyclicBarrier(4);
        try (ExecutorService taps = Executors.newFixedThreadPool(4)) {
            List<Future<Outcome<Reconcile.Taken>>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) all.add(taps.submit(() -> fetch("ALIPAY", day)));
            int first = 0;
            for (Future<Outcome<Reconcile.Taken>> one : all) if (one.get() instanceof Outcome.Done<Reconcile.Taken>(Reconcile.Taken taken) && !taken.again()) first++;
            assertThat(first).isOne();
        }
        assertThat(bill.count(school, "statement_file", Map.of())).isOne();
        assertThat(bill.count(school, "difference", Map.of("kind", "fee"))).isOne();
    }

    @Test
    void a_payment_that_a_coupon_paid_wholly_keeps_no_day_from_being_fetched() {
        answer = Optional.of(List.of(line("A9", 0, 0)));
        assertThat(refusal(fetch("ALIPAY", day))).as("no money moved").isEqualTo("billing.reconcile.refused.no_bill");
        answer = Optional.of(List.of(line("A1", 36_000, 0), line("A9", 0, 0), line("A2", 4_680, 0)));
        assertThat(refusal(fetch("ALIPAY", day))).isEqualTo("done");
        assertThat(bill.count(school, "statement_row", Map.of())).isEqualTo(2);
    }

    @Test
    void what_is_not_whole_not_yesterday_or_without_a_contract_is_refused_and_nothing_is_kept() {
        assertThat(refusal(fetch("ALIPAY", day))).as("no whole bill").isEqualTo("billing.reconcile.refused.no_bill");
        answer = Optional.of(List.of());
        assertThat(refusal(fetch("ALIPAY", day))).as("an empty one").isEqualTo("billing.reconcile.refused.no_bill");
        assertThat(refusal(fetch("ALIPAY", day.plusDays(1)))).as("today is not over").isEqualTo("billing.reconcile.refused.fetched");
        assertThat(refusal(fetch("ALIPAY", day.minusDays(1)))).as("nobody paid on that day").isEqualTo("billing.reconcile.refused.fetched");
        assertThatThrownBy(() -> fetch("WECHAT", day)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> fetch("CASH", day)).isInstanceOf(NotFound.class);
        assertThat(bill.count(school, "statement_file", Map.of())).isZero();
    }
}
