package afterbell.money.billing.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.money.billing.OrderState;
import afterbell.money.billing.PayOrder;
import afterbell.money.billing.PayOrders;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Payments;
import afterbell.money.billing.Payments.Fate;
import afterbell.testing.GivenPayments;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
@Req("R117")
class OrdersIT {
    @Autowired GivenSchool given;
    @Autowired GivenPayments bill;
    @Autowired Visitor.Maker visitors;
    @Autowired PayOrders orders;
    @Autowired Payments payments;
    @Autowired JdbcClient sql;
    @Autowired Ids ids;
    @Autowired Clock clock;

    UUID school = new UUID(0, 0);
    UUID pupil = new UUID(0, 0);

    @BeforeEach
    void a_child_that_owes_something() {
        school = given.school();
        pupil = bill.pupils(school, 1).getFirst();
        bill.charge(school, List.of(pupil), 36_000);
    }

    private Payments.Taken arrives(String reference, String order, long fen) {
        return given.in(school, () -> payments.take(school, new Payments.Arrived(PayWay.PLATFORM, reference, order, null, fen, clock.instant(), null, null)));
    }

    @Test
    void asking_twice_gives_the_same_order_and_another_amount_a_new_one() {
        PayOrder first = bill.order(school, pupil);
        assertThat(first.fen()).isEqualTo(36_000);
        assertThat(bill.order(school, pupil)).isEqualTo(first);
        bill.charge(school, List.of(pupil), 400);
        PayOrder second = bill.order(school, pupil);
        assertThat(second.fen()).isEqualTo(36_400);
        assertThat(bill.state(school, first)).isEqualTo(OrderState.EXPIRED);
        assertThat(bill.count(school, "pay_order", Map.of("state", "OPEN"))).isEqualTo(1);
    }

    @Test
    void who_owes_nothing_has_no_order() {
        bill.paid(school, pupil, 36_000);
        assertThat(given.in(school, () -> orders.open(school, pupil, null))).isEmpty();
    }

    @Test
    void a_payment_is_taken_once_however_often_it_is_told() {
        PayOrder order = bill.order(school, pupil);
        assertThat(arrives("T1", order.number(), 36_000).fate()).isEqualTo(Fate.PAID);
        assertThat(arrives("T1", order.number(), 36_000).fate()).isEqualTo(Fate.AGAIN);
        assertThat(bill.state(school, order)).isEqualTo(OrderState.PAID);
        assertThat(bill.balance(school, pupil)).isZero();
        assertThat(bill.account(school, "in-transit")).isEqualTo(36_000);
    }

    @Test
    void twenty_tellings_at_one_moment_are_one_payment() throws Exception {
        PayOrder order = bill.order(school, pupil);
        List<Fate> fates = together(20, i -> arrives("T1", order.number(), 36_000).fate());
        assertThat(fates).containsOnlyOnce(Fate.PAID);
        assertThat(fates.stream().filter(f -> f == Fate.AGAIN)).hasSize(19);
        assertThat(bill.count(school, "payment", Map.of())).isEqualTo(1);
        assertThat(bill.balance(school, pupil)).isZero();
    }

    @Test
    void money_that_fits_no_order_waits_on_the_work_list_and_the_books_hold_it() {
        PayOrder order = bill.order(school, pupil);
        assertThat(arrives("T1", "NOSUCHORDER1", 100).fate()).isEqualTo(Fate.UNKNOWN);
        assertThat(arrives("T2", order.number(), 35_999).fate()).isEqualTo(Fate.OTHER_AMOUNT);
        assertThat(arrives("T3", order.number(), 36_000).fate()).isEqualTo(Fate.PAID);
        assertThat(arrives("T4", order.number(), 36_000).fate()).isEqualTo(Fate.PAID_ALREADY);
        assertThat(arrives("T2", order.number(), 35_999).fate()).as("told again").isEqualTo(Fate.AGAIN);
        assertThat(bill.account(school, "suspense")).isEqualTo(-(100 + 35_999 + 36_000));
        assertThat(bill.balance(school, pupil)).isZero();

        UUID twice = given.in(school, () -> sql.sql("select suspense_id from billing.suspense where school_id = :s and reference = 'T4'").param("s", school).query(UUID.class).single());
        assertThat(given.in(school, () -> payments.place(school, twice, pupil, ids.next()))).isTrue();
        assertThat(given.in(school, () -> payments.place(school, twice, pupil, ids.next()))).as("a second click").isFalse();
        assertThat(bill.balance(school, pupil)).as("it is credit now, to be paid back").isEqualTo(-36_000);
    }

    @Test
    void money_for_an_order_that_ran_out_still_counts() {
        PayOrder order = bill.order(school, pupil);
        given.in(school, () -> sql.sql("update billing.pay_order set expires_at = opened_at + interval '1 second' where school_id = :s").param("s", school).update());
        given.in(school, () -> sql.sql("update billing.pay_order set opened_at = opened_at - interval '2 days', expires_at = opened_at - interval '1 day' where school_id = :s").param("s", school).update());
        assertThat(given.in(school, () -> orders.expire(school))).isEqualTo(1);
        PayOrder next = bill.order(school, pupil);
        assertThat(arrives("T1", order.number(), 36_000).fate()).isEqualTo(Fate.PAID);
        assertThat(bill.state(school, order)).isEqualTo(OrderState.PAID);
        assertThat(bill.state(school, next)).as("nothing is due any more").isEqualTo(OrderState.EXPIRED);
    }

    @Test
    void the_table_itself_refuses_a_step_that_is_not_on_the_list() {
        PayOrder order = bill.order(school, pupil);
        for (OrderState from : OrderState.values())
            for (OrderState to : OrderState.values()) {
                if (from == to) continue;
                boolean legal = from.next().contains(to);
                Callable<Integer> step = () -> given.in(school, () -> sql.sql("update billing.pay_order set state = :to where school_id = :s and pay_order_id = :o and state = :from").param("to", to.name()).param("from", from.name()).param("s", school).param("o", order.id()).update());
                stand(order, from);
                if (legal) assertThat(call(step)).as(from + " to " + to).isEqualTo(1);
                else assertThatThrownBy(step::call).as(from + " to " + to).isInstanceOf(DataIntegrityViolationException.class);
            }
        assertThatThrownBy(() -> given.in(school, () -> sql.sql("update billing.pay_order set fen = 1 where school_id = :s").param("s", school).update())).isInstanceOf(DataIntegrityViolationException.class);
    }

    // Begins there: the trigger watches steps, not beginnings.
    private void stand(PayOrder order, OrderState wanted) {
        given.in(school, () -> sql.sql("delete from billing.pay_order where school_id = :s").param("s", school).update());
        given.in(school, () -> sql.sql("insert into billing.pay_order (school_id, pay_order_id, pupil_id, number, fen, state, opened_at, expires_at, moved_at) values (:s, :o, :p, :n, 36000, :state, :at, :until, :at)")
                .param("s", school).param("o", order.id()).param("p", pupil).param("n", order.number()).param("state", wanted.name())
                .param("at", java.sql.Timestamp.from(clock.instant())).param("until", java.sql.Timestamp.from(clock.instant().plus(Duration.ofDays(1)))).update());
    }

    private static int call(Callable<Integer> step) {
        try {
            return step.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_counter_writes_numbered_receipts_without_a_gap_and_a_double_click_pays_once() throws Exception {
        List<UUID> many = bill.pupils(school, 12);
        bill.charge(school, many, 1_000);
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        HttpResponse<String> page = finance.get("/payments/children/" + pupil);
        assertThat(page.body()).contains("360.00");
        Map<String, String> form = Map.of("way", "CASH", "amount", "360.00", "reference", "", "_key", ids.next().toString());
        assertThat(finance.post("/payments/children/" + pupil, form).statusCode()).isEqualTo(303);
        assertThat(finance.post("/payments/children/" + pupil, form).statusCode()).isEqualTo(303);
        assertThat(finance.post("/payments/children/" + pupil, Map.of("way", "CASH", "amount", "0.01")).body()).contains("应交");
        String token = finance.token();
        List<Integer> answers = together(12, i -> finance.post("/payments/children/" + many.get(i), Map.of("way", "CARD", "amount", "10", "reference", "SLIP" + i, "_key", ids.next().toString(), "_csrf", token)).statusCode());
        assertThat(answers).containsOnly(303);
        List<Integer> numbers = given.in(school, () -> sql.sql("select number from billing.receipt where school_id = :s order by number").param("s", school).query(Integer.class).list());
        assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, 13).boxed().toList());
        assertThat(bill.account(school, "cash")).isEqualTo(36_000);
        int year = given.in(school, () -> sql.sql("select last from billing.receipt_book where school_id = :s").param("s", school).query(Integer.class).single());
        assertThat(year).isEqualTo(13);
    }

    @Test
    void a_form_with_nonsense_keeps_the_typing_and_takes_nothing() {
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        finance.get("/payments/children/" + pupil);
        for (Map<String, String> form : List.of(
                Map.of("way", "CASH", "amount", "-3"),
                Map.of("way", "CASH", "amount", "3.605"),
                Map.of("way", "CASH", "amount", "99999999999"),
                Map.of("way", "CASH", "amount", "360.01"),
                Map.of("way", "GOLD", "amount", "1"),
                Map.of("way", "BANK", "amount", "1", "reference", ""),
                Map.of("way", "BANK", "amount", "1", "reference", "x".repeat(60)),
                Map.of("way", "BANK", "amount", "1", "reference", "R1", "day", "2199-01-01"))) {
            HttpResponse<String> answer = finance.post("/payments/children/" + pupil, form);
            assertThat(answer.statusCode()).as("" + form).isEqualTo(422);
            assertThat(answer.body()).contains("value=\"" + form.get("amount") + "\"");
        }
        assertThat(bill.count(school, "payment", Map.of())).isZero();
        assertThat(finance.post("/payments/children/" + pupil, Map.of("way", "BANK", "amount", "400", "reference", "R1")).statusCode()).isEqualTo(303);
        assertThat(finance.post("/payments/children/" + pupil, Map.of("way", "BANK", "amount", "400", "reference", "R1")).statusCode()).as("the same slip").isEqualTo(422);
        assertThat(bill.balance(school, pupil)).as("what the bank shows is there, even too much").isEqualTo(-4_000);
    }

    @Test
    void a_family_sees_its_own_bill_and_receipt_and_nobody_elses() {
        UUID other = bill.pupils(school, 1).getFirst();
        bill.charge(school, List.of(other), 7_700);
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        finance.get("/payments/children/" + pupil);
        finance.post("/payments/children/" + pupil, Map.of("way", "CASH", "amount", "100"));
        Visitor parent = visitors.signedIn(given.guardian(school, pupil));
        assertThat(parent.get("/pay").body()).contains("260.00").doesNotContain("77.00");
        int year = java.time.LocalDate.ofInstant(clock.instant(), afterbell.base.shared.web.Screen.ZONE).getYear();
        assertThat(parent.get("/pay/" + pupil + "/receipts/" + year + "/1.pdf").statusCode()).isEqualTo(200);
        finance.get("/payments/children/" + other);
        finance.post("/payments/children/" + other, Map.of("way", "CASH", "amount", "77"));
        assertThat(parent.get("/pay/" + pupil + "/receipts/" + year + "/2.pdf").statusCode()).as("another child’s receipt").isEqualTo(404);
        assertThat(parent.get("/pay/" + other + "/receipts/" + year + "/2.pdf").statusCode()).isEqualTo(404);
        Visitor carer = visitors.signedIn(given.person(school, Role.CARER, null, null, pupil));
        assertThat(carer.get("/pay").statusCode()).isEqualTo(403);
    }

    private static <T> List<T> together(int n, java.util.function.IntFunction<T> act) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(n)) {
            List<Future<T>> all = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                int at = i;
                all.add(pool.submit(() -> act.apply(at)));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> f : all) answers.add(f.get());
            return answers;
        }
    }
}
