package afterbell.money.billing.refunds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.calendar.TermDates;
import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Rounds;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.money.billing.BackToPayer;
import afterbell.money.billing.OrderState;
import afterbell.money.billing.PayOrder;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Payments;
import afterbell.money.billing.Refunds;
import afterbell.money.billing.Refunds.Cause;
import afterbell.money.billing.Refunds.How;
import afterbell.testing.GivenPayments;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
@Req("R117")
class RefundsIT {
    @Autowired GivenSchool given;
    @Autowired GivenPayments bill;
    @Autowired GivenTerm terms;
    @Autowired Visitor.Maker visitors;
    @Autowired Refunds refunds;
    @Autowired Payments payments;
    @Autowired EverySchool schools;
    @Autowired JdbcClient sql;
    @Autowired Ids ids;
    @Autowired Clock clock;

    UUID school = new UUID(0, 0);

    @BeforeEach
    void a_school() {
        school = given.school();
    }

    /** Children who have paid 360.00 and were then settled for less. */
    private List<UUID> credited(int count, long credit, PayWay way) {
        List<UUID> pupils = bill.pupils(school, count);
        bill.charge(school, pupils, 36_000);
        pupils.forEach(p -> {
            PayOrder order = bill.order(school, p);
            given.in(school, () -> payments.take(school, new Payments.Arrived(way, "T" + order.number(), order.number(), null, 36_000, clock.instant(), null, null)));
        });
        bill.charge(school, pupils, -credit);
        return pupils;
    }

    private Outcome<UUID> order(List<UUID> pupils, Long fen, How how, UUID by) {
        return given.in(school, () -> refunds.order(school, pupils.stream().map(p -> new Refunds.Wanted(p, fen)).toList(), how, Cause.SETTLED, by));
    }

    private UUID ordered(List<UUID> pupils, How how) {
        return switch (order(pupils, null, how, ids.next())) {
            case Outcome.Done<UUID>(UUID batch) -> batch;
            case Outcome.Refused<UUID> no -> throw new AssertionError(no);
        };
    }

    private void approved(UUID batch) {
        given.in(school, () -> refunds.approve(school, batch, ids.next()));
    }

    /** A channel that keeps its own books: what it has paid, by number, as the real ones do. */
    private static final class Till implements BackToPayer {
        final Map<String, Long> paid = new ConcurrentHashMap<>();
        final AtomicInteger asked = new AtomicInteger();
        volatile int diesAfter = Integer.MAX_VALUE;

        @Override
        public boolean serves(UUID school) {
            return true;
        }

        @Override
        public Answer send(UUID school, Wanted wanted) {
            paid.putIfAbsent(wanted.number(), wanted.fen());
            if (asked.incrementAndGet() >= diesAfter) throw new IllegalStateException("the power went");
            return Answer.DONE;
        }
    }

    private SendRefunds sender(BackToPayer channel, Clock at) {
        return new SendRefunds(
                refunds,
                new ObjectProvider<>() {
                    @Override
                    public BackToPayer getObject() {
                        return channel;
                    }
                },
                schools,
                new Rounds(ids),
                at);
    }

    private int run(SendRefunds sender) {
        return Scopes.within(Scope.school(school, null), () -> sender.run(school));
    }

    @Test
    void a_batch_goes_on_after_a_kill_and_nothing_goes_back_twice() throws Exception {
        List<UUID> pupils = credited(100, 4_680, PayWay.WECHAT);
        UUID batch = ordered(pupils, How.AS_PAID);
        approved(batch);
        Till till = new Till();
        till.diesAfter = 37;
        assertThatThrownBy(() -> run(sender(till, clock))).hasMessage("the power went");
        assertThat(bill.count(school, "refund", Map.of("state", "DONE"))).isEqualTo(36);
        assertThat(till.paid).as("the 37th was paid, and nobody here knows").hasSize(37);
        till.diesAfter = Integer.MAX_VALUE;
        // Two nodes begin anew, after the patience with what may still be under way.
        Clock later = Clock.offset(clock, SendRefunds.PATIENCE.plus(Duration.ofSeconds(1)));
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> nodes = new ArrayList<>();
            for (int i = 0; i < 2; i++) nodes.add(two.submit(() -> run(sender(till, later))));
            for (Future<Integer> n : nodes) n.get();
        }
        assertThat(bill.count(school, "refund", Map.of("state", "DONE"))).isEqualTo(100);
        assertThat(till.paid).hasSize(100);
        assertThat(till.paid.values()).containsOnly(4_680L);
        assertThat(bill.account(school, "refund-due")).isZero();
        assertThat(bill.account(school, "in-transit")).isEqualTo(100 * (36_000 - 4_680));
        assertThat(pupils).allSatisfy(p -> assertThat(bill.balance(school, p)).isZero());
        assertThat(bill.count(school, "pay_order", Map.of("state", "REFUNDED"))).isEqualTo(100);
    }

    @Test
    void more_than_the_credit_or_than_was_paid_is_refused_and_the_table_refuses_it_too() {
        UUID pupil = credited(1, 4_680, PayWay.CASH).getFirst();
        assertThat(order(List.of(pupil), 4_681L, How.AS_PAID, ids.next())).isInstanceOf(Outcome.Refused.class);
        assertThat(order(List.of(pupil), 0L, How.AS_PAID, ids.next())).isInstanceOf(Outcome.Refused.class);
        assertThat(order(List.of(pupil), -5L, How.AS_PAID, ids.next())).isInstanceOf(Outcome.Refused.class);
        UUID unpaid = bill.pupils(school, 1).getFirst();
        bill.charge(school, List.of(unpaid), -500);
        assertThat(order(List.of(unpaid), 500L, How.AS_PAID, ids.next())).as("credit that was never paid in").isInstanceOf(Outcome.Refused.class);
        assertThatThrownBy(() -> given.in(school, () -> sql.sql("update billing.payment set returned_fen = fen + 1 where school_id = :s").param("s", school).update())).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(bill.count(school, "refund", Map.of())).isZero();
    }

    @Test
    void twenty_orders_at_one_moment_give_the_credit_back_once() throws Exception {
        UUID pupil = credited(1, 4_680, PayWay.CASH).getFirst();
        try (ExecutorService pool = Executors.newFixedThreadPool(20)) {
            List<Future<Outcome<UUID>>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) all.add(pool.submit(() -> order(List.of(pupil), null, How.AS_PAID, ids.next())));
            int done = 0;
            for (Future<Outcome<UUID>> f : all) if (f.get() instanceof Outcome.Done) done++;
            assertThat(done).isEqualTo(1);
        }
        assertThat(bill.account(school, "refund-due")).isEqualTo(-4_680);
        assertThat(bill.balance(school, pupil)).isZero();
    }

    @Test
    void from_the_bound_on_a_second_person_decides_and_never_the_one_who_ordered() {
        List<UUID> pupils = credited(20, 4_680, PayWay.CASH);
        UUID finance = ids.next();
        UUID batch = ((Outcome.Done<UUID>) order(pupils, null, How.AS_PAID, finance)).value();
        assertThat(bill.count(school, "refund", Map.of("state", "WAITING"))).isEqualTo(20);
        assertThat(given.in(school, () -> refunds.approve(school, batch, finance))).isInstanceOf(Outcome.Refused.class);
        assertThatThrownBy(() -> given.in(school, () -> sql.sql("update billing.refund_batch set state = 'APPROVED', decided_by = made_by, decided_at = made_at where school_id = :s").param("s", school).update()))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(given.in(school, () -> refunds.refuse(school, batch, ids.next()))).isEqualTo(Outcome.done(20));
        assertThat(pupils).allSatisfy(p -> assertThat(bill.balance(school, p)).as("the credit is theirs again").isEqualTo(-4_680));
        assertThat(bill.count(school, "pay_order", Map.of("state", "PAID"))).isEqualTo(20);
        assertThat(given.in(school, () -> refunds.approve(school, batch, ids.next()))).as("decided").isInstanceOf(Outcome.Refused.class);
        // Below the bound nobody waits.
        order(List.of(pupils.getFirst()), null, How.AS_PAID, finance);
        assertThat(bill.count(school, "refund", Map.of("state", "READY"))).isEqualTo(1);
    }

    @Test
    void who_has_left_gets_money_and_who_stays_may_be_charged_less_next_time() {
        List<UUID> pupils = credited(2, 4_680, PayWay.BANK);
        given.in(school, () -> sql.sql("update roster.pupil set left_on = '2026-09-01' where school_id = :s and pupil_id = :p").param("s", school).param("p", pupils.getFirst()).update());
        assertThat(order(List.of(pupils.getFirst()), null, How.NEXT_TERM, ids.next())).isInstanceOf(Outcome.Refused.class);
        assertThat(order(List.of(pupils.getLast()), null, How.NEXT_TERM, ids.next())).isInstanceOf(Outcome.Done.class);
        assertThat(bill.balance(school, pupils.getLast())).as("it stands on the account and meets the next charge").isEqualTo(-4_680);
        bill.charge(school, List.of(pupils.getLast()), 10_000);
        assertThat(bill.order(school, pupils.getLast()).fen()).isEqualTo(5_320);
    }

    @Test
    void the_bank_pays_by_a_list_with_the_familys_account_and_a_failed_one_goes_another_way() {
        List<UUID> pupils = credited(2, 4_680, PayWay.BANK);
        Visitor parent = visitors.signedIn(given.guardian(school, pupils.getFirst()));
        parent.get("/pay/" + pupils.getFirst() + "/account");
        assertThat(parent.post("/pay/" + pupils.getFirst() + "/account", Map.of("holder", "甲", "bank", "某银行", "number", "12")).statusCode()).isEqualTo(422);
        assertThat(parent.post("/pay/" + pupils.getFirst() + "/account", Map.of("holder", "甲", "bank", "某银行", "number", "6222 0000 1111 2222 333")).statusCode()).isEqualTo(303);
        assertThat(parent.post("/pay/" + pupils.getLast() + "/account", Map.of("holder", "甲", "bank", "某银行", "number", "6222000011112222333")).statusCode()).as("another child").isEqualTo(404);
        String stored = given.in(school, () -> sql.sql("select encode(sealed, 'escape') from billing.payout_account where school_id = :s").param("s", school).query(String.class).single());
        assertThat(stored).doesNotContain("6222000011112222333");

        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        finance.get("/refunds");
        assertThat(finance.postRaw("/refunds/batches", "row=" + pupils.getFirst() + "&row=" + pupils.getLast() + "&how=AS_PAID&cause=SETTLED").statusCode()).isEqualTo(303);
        assertThat(finance.post("/refunds/lists", Map.of("to", "BANK_LIST")).statusCode()).isEqualTo(200);
        assertThat(bill.count(school, "refund", Map.of("state", "SENT"))).isEqualTo(2);
        List<UUID> sent = given.in(school, () -> sql.sql("select refund_id from billing.refund where school_id = :s order by refund_id").param("s", school).query(UUID.class).list());
        finance.get("/refunds");
        assertThat(finance.post("/refunds/listed", Map.of("row", sent.getFirst().toString(), "answer", "done")).statusCode()).isEqualTo(303);
        assertThat(finance.post("/refunds/listed", Map.of("row", sent.getFirst().toString(), "answer", "done")).statusCode()).isEqualTo(303);
        assertThat(bill.account(school, "bank")).isEqualTo(72_000 - 4_680);
        finance.post("/refunds/listed", Map.of("row", sent.getLast().toString(), "answer", "back"));
        assertThat(bill.count(school, "refund", Map.of("state", "FAILED"))).isEqualTo(1);
        assertThat(finance.post("/refunds/" + sent.getLast() + "/way", Map.of("to", "COUNTER")).statusCode()).isEqualTo(303);
        HttpResponse<String> handed = finance.post("/refunds/" + sent.getLast() + "/handout", Map.of());
        assertThat(handed.statusCode()).isEqualTo(303);
        assertThat(finance.post("/refunds/" + sent.getLast() + "/handout", Map.of()).statusCode()).as("handed out twice").isEqualTo(422);
        assertThat(bill.account(school, "cash")).isEqualTo(-4_680);
        assertThat(bill.account(school, "refund-due")).isZero();
        assertThat(bill.count(school, "receipt", Map.of("kind", "RETURNED"))).isEqualTo(1);
    }

    @Test
    void a_family_hears_that_finance_entered_another_account_and_whoever_sends_the_money_sees_it() {
        UUID pupil = credited(1, 4_680, PayWay.BANK).getFirst();
        Visitor parent = visitors.signedIn(given.guardian(school, pupil));
        String own = "/pay/" + pupil + "/account";
        parent.get(own);
        assertThat(parent.post(own, Map.of("holder", "甲", "bank", "某银行", "number", "6222000011112222333")).statusCode()).isEqualTo(303);
        assertThat(told()).as("the family knows what it has said").isZero();
        ordered(List.of(pupil), How.AS_PAID);
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        finance.get("/refunds");
        finance.post("/refunds/lists", Map.of("to", "BANK_LIST"));
        assertThat(finance.get("/refunds").body()).contains("2333").doesNotContain("学校代为登记");
        assertThat(finance.post("/refunds/children/" + pupil + "/account", Map.of("holder", "乙", "bank", "某银行", "number", "6222000011112224444")).statusCode()).isEqualTo(303);
        assertThat(told()).isEqualTo(1);
        assertThat(finance.get("/refunds").body()).contains("4444", "学校代为登记");
        assertThat(parent.get(own).body()).contains("4444", "学校代为登记");
        // The family's own word replaces it.
        parent.post(own, Map.of("holder", "甲", "bank", "某银行", "number", "6222000011112222333"));
        assertThat(finance.get("/refunds").body()).contains("2333").doesNotContain("学校代为登记");
        assertThat(told()).isEqualTo(1);
    }

    private int told() {
        return given.in(school, () -> sql.sql("select count(*)::int from messaging.notice where school_id = :s and kind = 'billing.payout_account_entered' and audience = 'CHILDREN'").param("s", school).query(Integer.class).single());
    }

    @Test
    void a_platforms_refund_stands_on_the_reversal_list_with_serial_and_order() {
        UUID pupil = credited(1, 4_680, PayWay.PLATFORM).getFirst();
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        finance.get("/refunds/children/" + pupil);
        assertThat(finance.post("/refunds/children/" + pupil, Map.of("amount", "50", "how", "AS_PAID", "cause", "SETTLED")).statusCode()).isEqualTo(422);
        assertThat(finance.post("/refunds/children/" + pupil, Map.of("amount", "46.80", "how", "AS_PAID", "cause", "SETTLED")).statusCode()).isEqualTo(303);
        finance.get("/refunds");
        assertThat(finance.post("/refunds/lists", Map.of("to", "REVERSAL")).statusCode()).isEqualTo(200);
        assertThat(finance.post("/refunds/lists", Map.of("to", "CHEQUE")).statusCode()).isEqualTo(404);
        Set<String> states = Set.copyOf(given.in(school, () -> sql.sql("select state from billing.pay_order where school_id = :s").param("s", school).query(String.class).list()));
        assertThat(states).containsExactly(OrderState.REFUND_DUE.name());
    }

    @Test
    void an_amount_that_can_be_no_refund_is_refused_at_the_field_and_a_double_click_orders_once() {
        UUID pupil = credited(1, 4_680, PayWay.CASH).getFirst();
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        finance.get("/refunds/children/" + pupil);
        for (String amount : List.of("", "0", "-1", "1.005", "46.81", "99999999999", "1e3", "四十")) {
            HttpResponse<String> answer = finance.post("/refunds/children/" + pupil, Map.of("amount", amount, "how", "COUNTER", "cause", "SETTLED"));
            assertThat(answer.statusCode()).as(amount).isEqualTo(422);
            assertThat(answer.body()).as(amount).contains("aria-invalid=\"true\"");
        }
        assertThat(bill.count(school, "refund_batch", Map.of())).isZero();
        Map<String, String> form = Map.of("amount", "46.80", "how", "COUNTER", "cause", "SETTLED", "_key", ids.next().toString());
        assertThat(finance.post("/refunds/children/" + pupil, form).statusCode()).isEqualTo(303);
        assertThat(finance.post("/refunds/children/" + pupil, form).statusCode()).as("the same click again").isEqualTo(303);
        assertThat(bill.count(school, "refund_batch", Map.of())).isEqualTo(1);
        assertThat(bill.account(school, "refund-due")).isEqualTo(-4_680);
    }

    private List<String> numbersOn(Visitor finance, Map<String, String> form) throws Exception {
        java.nio.file.Path copy = java.nio.file.Files.createTempFile("list", ".xlsx");
        try {
            java.nio.file.Files.write(copy, finance.file("/refunds/lists", form));
            List<String> numbers = new ArrayList<>();
            try (afterbell.base.shared.sheet.SheetBook book = afterbell.base.shared.sheet.SheetBook.open(copy, "list.xlsx", afterbell.base.shared.sheet.SheetLimits.STANDARD)) {
                book.tabs().getFirst().rows(r -> {
                    if (r.text(0).startsWith("R")) numbers.add(r.text(0));
                    return true;
                });
            }
            return numbers;
        } finally {
            java.nio.file.Files.delete(copy);
        }
    }

    @Test
    void a_second_list_holds_only_what_is_new_and_the_first_is_taken_again_by_itself() throws Exception {
        List<UUID> pupils = credited(3, 4_680, PayWay.BANK);
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        ordered(pupils.subList(0, 2), How.AS_PAID);
        finance.get("/refunds");
        List<String> first = numbersOn(finance, Map.of("to", "BANK_LIST"));
        assertThat(first).hasSize(2);
        // A second tap, or a page from before: nothing waits, and nothing is written.
        HttpResponse<String> tapped = finance.post("/refunds/lists", Map.of("to", "BANK_LIST"));
        assertThat(tapped.statusCode()).isEqualTo(303);
        assertThat(tapped.headers().firstValue("Location")).contains("/refunds");
        ordered(pupils.subList(2, 3), How.AS_PAID);
        String page = finance.get("/refunds").body();
        List<String> second = numbersOn(finance, Map.of("to", "BANK_LIST"));
        assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
        java.util.regex.Matcher again = java.util.regex.Pattern.compile("name=\"again\" value=\"([^\"]+)\"").matcher(page);
        assertThat(again.find()).isTrue();
        assertThat(numbersOn(finance, Map.of("to", "BANK_LIST", "again", again.group(1)))).containsExactlyInAnyOrderElementsOf(first);
        assertThat(again.find()).as("one list had been taken then").isFalse();
        // What the bank has paid stands on no list any more.
        UUID paid = given.in(school, () -> sql.sql("select refund_id from billing.refund where school_id = :s and number = :n").param("s", school).param("n", first.getFirst()).query(UUID.class).single());
        finance.post("/refunds/listed", Map.of("row", paid.toString(), "answer", "done"));
        finance.get("/refunds");
        assertThat(numbersOn(finance, Map.of("to", "BANK_LIST", "again", again(page)))).containsExactly(first.getLast());
        assertThat(finance.post("/refunds/lists", Map.of("to", "BANK_LIST", "again", "yesterday")).statusCode()).isEqualTo(404);
    }

    private static String again(String page) {
        java.util.regex.Matcher found = java.util.regex.Pattern.compile("name=\"again\" value=\"([^\"]+)\"").matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @Test
    void what_goes_through_a_channel_can_not_be_called_back_by_a_posted_row() {
        List<UUID> pupils = credited(1, 4_680, PayWay.WECHAT);
        ordered(pupils, How.AS_PAID);
        run(sender(new BackToPayer() {
            @Override
            public boolean serves(UUID one) {
                return true;
            }

            @Override
            public Answer send(UUID one, Wanted wanted) {
                return Answer.UNDER_WAY;
            }
        }, clock));
        UUID sent = given.in(school, () -> sql.sql("select refund_id from billing.refund where school_id = :s and state = 'SENT'").param("s", school).query(UUID.class).single());
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        finance.get("/refunds");
        finance.post("/refunds/listed", Map.of("row", sent.toString(), "answer", "back"));
        assertThat(bill.count(school, "refund", Map.of("state", "SENT"))).as("the channel still pays it").isEqualTo(1);
        assertThat(finance.post("/refunds/" + sent + "/way", Map.of("to", "COUNTER")).statusCode()).isEqualTo(404);
    }

    @Test
    void the_last_grade_gets_money_in_the_last_term_of_its_year_and_finance_writes_down_where_to() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), afterbell.base.shared.web.Screen.ZONE);
        List<UUID> pupils = credited(2, 4_680, PayWay.BANK);
        given.in(school, () -> sql.sql("update roster.class set grade = (select max(grade) from schools.grade where school_id = :s) where school_id = :s").param("s", school).update());
        terms.term(school, today.getYear(), 1, new TermDates(today.minusWeeks(20), today.minusWeeks(3)));
        assertThat(order(List.of(pupils.getLast()), 100L, How.NEXT_TERM, ids.next())).as("a term of their year is to come").isInstanceOf(Outcome.Done.class);
        terms.term(school, today.getYear(), 2, new TermDates(today.minusWeeks(1), today.plusWeeks(10)));
        assertThat(order(pupils.subList(0, 1), null, How.NEXT_TERM, ids.next())).isInstanceOf(Outcome.Refused.class);
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        assertThat(finance.get("/refunds/children/" + pupils.getFirst()).body()).doesNotContain("NEXT_TERM").contains("/account");
        // Over the summer: the children of that grade were moved up into it, their term is the next one.
        given.in(school, () -> sql.sql("update roster.class set school_year = :y where school_id = :s").param("s", school).param("y", today.getYear() + 1).update());
        assertThat(finance.get("/refunds/children/" + pupils.getFirst()).body()).contains("NEXT_TERM");
        assertThat(order(List.of(pupils.getLast()), 50L, How.NEXT_TERM, ids.next())).isInstanceOf(Outcome.Done.class);
        // Gone: the family has no door any more, finance has a form.
        given.in(school, () -> sql.sql("update roster.pupil set left_on = '2026-09-01' where school_id = :s and pupil_id = :p").param("s", school).param("p", pupils.getFirst()).update());
        String form = "/refunds/children/" + pupils.getFirst() + "/account";
        assertThat(finance.get(form).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = finance.post(form, Map.of("holder", "甲", "bank", "某银行", "number", "12"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("某银行");
        assertThat(finance.post(form, Map.of("holder", "甲", "bank", "某银行", "number", "6222 0000 1111 2222 333")).statusCode()).isEqualTo(303);
        assertThat(finance.get(form).body()).contains("2333", "学校代为登记").doesNotContain("6222000011112222333");
        assertThat(given.in(school, () -> sql.sql("select encode(sealed, 'escape') from billing.payout_account where school_id = :s").param("s", school).query(String.class).single())).doesNotContain("6222000011112222333");
        assertThat(visitors.signedIn(given.staff(school, Role.OFFICE)).get(form).statusCode()).isEqualTo(403);
        assertThat(visitors.signedIn(given.staff(given.school(), Role.FINANCE)).get(form).statusCode()).isEqualTo(404);
        assertThat(finance.get("/charges/children/" + pupils.getFirst()).statusCode()).as("its last bill").isEqualTo(200);
    }
}
