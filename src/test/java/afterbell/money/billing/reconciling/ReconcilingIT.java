package afterbell.money.billing.reconciling;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.calendar.TermDates;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Payments;
import afterbell.money.billing.Refunds;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A day of WeChat payments with one of each error planted in the channel's bill. */
@HouseTest
@Req("P4")
class ReconcilingIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    Payments payments;

    @Autowired
    Refunds refunds;

    @Autowired
    StatementStore store;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient sql;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Clock clock;

    UUID school;
    List<UUID> pupils;
    LocalDate day;
    Visitor finance;

    @BeforeEach
    void payments_of_a_day() {
        school = given.school();
        day = LocalDate.ofInstant(clock.instant(), Screen.ZONE).minusDays(1);
        terms.term(school, day.getYear(), new TermDates(day.minusWeeks(6), day.plusWeeks(10)));
        pupils = terms.pupils(school, terms.schoolClass(school, 3, 2), 6);
        given.in(school, () -> payments.takeAll(school, java.util.stream.IntStream.range(0, 6).mapToObj(i -> Payments.Arrived.of(PayWay.WECHAT, "W" + i, pupils.get(i), 100_00 + i, at(), null)).toList()));
        finance = visitors.signedIn(given.staff(school, Role.FINANCE));
    }

    private Instant at() {
        return day.atTime(16, 0).atZone(Screen.ZONE).toInstant();
    }

    private record Line(String reference, long fen, boolean back, String refund) {
        Line(String reference, long fen, boolean back) {
            this(reference, fen, back, "");
        }
    }

    private byte[] bill(List<Line> lines, long wrong) {
        StringBuilder text = new StringBuilder("交易时间,微信订单号,商户订单号,交易状态,应结订单金额,退款金额,手续费,商户退款单号\n");
        long sum = 0;
        for (Line l : lines) {
            text.append('`').append(day).append(" 16:00:00,`").append(l.reference()).append(",`,`").append(l.back() ? "REFUND" : "SUCCESS").append(",`").append(yuan(l.back() ? 0 : l.fen())).append(",`").append(yuan(l.back() ? l.fen() : 0)).append(",`0.60,`").append(l.refund()).append('\n');
            if (!l.back()) sum += l.fen();
        }
        return text.append("总交易单数,应结订单总金额\n`").append(lines.size()).append(",`").append(yuan(sum + wrong)).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    private HttpResponse<String> bring(byte[] bill) {
        finance.get("/money/reconciling");
        return finance.postFiles("/money/reconciling", Map.of("layout", "wechat"), "file", Map.of("bill.csv", bill));
    }

    private long balance(String account) {
        return given.in(school, () -> ledger.balance(school, account));
    }

    private Map<String, Integer> open() {
        Map<String, Integer> all = new java.util.TreeMap<>();
        given.in(school, () -> {
            sql.sql("select kind, count(*)::int from billing.difference where school_id = :s and closed_at is null group by kind").param("s", school).query(r -> {
                all.put(r.getString(1), r.getInt(2));
            });
            return true;
        });
        return all;
    }

    @Test
    void each_planted_error_is_found_and_settled_and_the_ledger_ends_where_the_file_is() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) lines.add(new Line("W" + i, i == 2 ? 90_02 : 100_00 + i, false)); // W5 is missing there, W2 has another amount
        lines.add(new Line("W1", 100_01, false)); // twice
        lines.add(new Line("X9", 77_00, false)); // missing here
        lines.add(new Line("R1", 10_00, true)); // a refund that nobody knows
        byte[] bill = bill(lines, 0);
        // A wrong total changes nothing.
        HttpResponse<String> wrong = bring(bill(lines, 1));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("合计写的是");
        assertThat(open()).isEmpty();
        HttpResponse<String> done = bring(bill);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
        String page = done.headers().firstValue("Location").orElseThrow();
        assertThat(open()).isEqualTo(Map.of("amount", 1, "back_unknown", 1, "fee", 1, "missing_here", 1, "missing_there", 1, "twice", 1));
        // The same bytes again: the same page, nothing new.
        HttpResponse<String> again = bring(bill);
        assertThat(again.headers().firstValue("Location").orElseThrow()).isEqualTo(page);
        assertThat(open()).hasSize(6);
        assertThat(finance.get(page).body()).contains("账单有、本校没有", "金额不同", "账单里重复", "¥77.00");
        long transit = balance("in-transit");
        settle(page, "missing_here", "take");
        assertThat(balance("suspense")).isEqualTo(-77_00);
        settle(page, "amount", "correct");
        assertThat(given.in(school, () -> ledger.familyBalances(school, pupils)).get(pupils.get(2))).isEqualTo(-90_02);
        settle(page, "missing_there", "reverse");
        settle(page, "fee", "fee");
        settle(page, "twice", "once");
        settle(page, "back_unknown", "asked");
        assertThat(open()).isEmpty();
        assertThat(balance("in-transit")).isEqualTo(transit + 77_00 - 10_00 - 100_05 - 7 * 60);
        assertThat(finance.get(page).body()).contains("差异都已了结");
        // Other people and other schools.
        assertThat(visitors.signedIn(given.staff(school, Role.OFFICE)).get(page).body()).doesNotContain("name=\"cause\"");
        assertThat(visitors.signedIn(given.staff(given.school(), Role.FINANCE)).get(page).statusCode()).isEqualTo(404);
    }

    private void settle(String page, String kind, String cause) {
        finance.get(page);
        Map<String, String> form = Map.of("kind", kind, "cause", cause, "_key", UUID.randomUUID().toString());
        HttpResponse<String> first = finance.post(page + "/causes", form);
        assertThat(first.statusCode()).as(kind + first.body()).isEqualTo(303);
        // Tapped twice: booked once.
        assertThat(finance.post(page + "/causes", form).statusCode()).isEqualTo(303);
        // A cause that doesn't fit the difference is refused.
        assertThat(finance.post(page + "/causes", Map.of("kind", kind, "cause", "came")).statusCode()).isEqualTo(422);
    }

    @Test
    void what_goes_back_out_of_an_older_payment_in_parts_is_known_and_more_than_was_ordered_is_not() {
        Instant before = at().minus(java.time.Duration.ofDays(40));
        given.in(school, () -> payments.take(school, Payments.Arrived.of(PayWay.WECHAT, "OLD", pupils.getFirst(), 50_00, before, null)));
        given.in(school, () -> sql.sql("update billing.payment set returned_fen = 3000 where school_id = :s and reference = 'OLD'").param("s", school).update());
        List<Line> lines = new ArrayList<>(List.of(new Line("OLD", 10_00, true, "R1"), new Line("OLD", 20_00, true, "R2")));
        for (int i = 0; i < 6; i++) lines.add(new Line("W" + i, 100_00 + i, false));
        bring(bill(lines, 0));
        assertThat(open()).containsOnlyKeys("fee");
        lines.addFirst(new Line("OLD", 20_00, true, "R2"));
        bring(bill(lines, 0));
        assertThat(open()).as("the same number again").containsEntry("twice", 1).doesNotContainKey("back_unknown");
        bring(bill(List.of(new Line("OLD", 10_00, true, "R1"), new Line("OLD", 20_00, true, "R2"), new Line("OLD", 1, true, "R3"), new Line("W0", 100_00, false)), 0));
        assertThat(open()).as("a fen more than the school ordered").containsEntry("back_unknown", 1);
    }

    @Test
    void a_fee_is_asked_for_once_however_many_files_tell_it() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) lines.add(new Line("W" + i, 100_00 + i, false));
        bring(bill(lines, 0));
        lines.add(new Line("W5", 100_05, false));
        bring(bill(lines, 0));
        assertThat(given.in(school, () -> sql.sql("select there_fen from billing.difference where school_id = :s and kind = 'fee' order by there_fen").param("s", school).query(Long.class).list())).containsExactly(60L, 5 * 60L);
        // Nothing new, other bytes.
        java.util.Collections.reverse(lines);
        bring(bill(lines, 0));
        assertThat(open()).containsEntry("fee", 2);
    }

    @Test
    void what_stands_in_the_next_file_is_settled_by_it() {
        List<Line> first = new ArrayList<>();
        for (int i = 0; i < 5; i++) first.add(new Line("W" + i, 100_00 + i, false));
        bring(bill(first, 0));
        assertThat(open()).containsEntry("missing_there", 1);
        bring(bill(List.of(new Line("W5", 100_05, false)), 0));
        assertThat(given.in(school, () -> sql.sql("select cause from billing.difference where school_id = :s and kind = 'missing_there' and here_fen = 10005").param("s", school).query(String.class).list())).contains("came");
    }

    @Test
    void what_waits_on_the_suspense_list_is_here_and_no_difference() {
        given.in(school, () -> payments.take(school, new Payments.Arrived(PayWay.WECHAT, "Z1", "20260901NOBODY", null, 33_00, at(), null, null)));
        List<Line> lines = new ArrayList<>(List.of(new Line("Z1", 33_00, false)));
        for (int i = 0; i < 6; i++) lines.add(new Line("W" + i, 100_00 + i, false));
        String page = bring(bill(lines, 0)).headers().firstValue("Location").orElseThrow();
        assertThat(open()).containsOnlyKeys("fee");
        // All three sides: seven pieces of money, 633.15 yuan.
        assertThat(finance.get(page).body().split("¥633.15", -1)).hasSize(4);
        // With another amount it is one after all.
        String other = bring(bill(List.of(new Line("Z1", 34_00, false)), 0)).headers().firstValue("Location").orElseThrow();
        assertThat(open()).containsEntry("missing_here", 1);
        // It can't be taken in a second time, and isn't closed as if it had been.
        finance.get(other);
        HttpResponse<String> refused = finance.post(other + "/causes", Map.of("kind", "missing_here", "cause", "take"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("流水号 Z1 的钱已按别的金额收进来了");
        assertThat(open()).containsEntry("missing_here", 1);
        settle(other, "missing_here", "asked");
    }

    @Test
    void nothing_goes_back_out_of_a_payment_that_was_reversed() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) lines.add(new Line("W" + i, 100_00 + i, false));
        bring(bill(lines, 0));
        everywhere("missing_there", "reverse");
        UUID child = pupils.get(5);
        charged(child, -30_00);
        assertThat(given.in(school, () -> refunds.order(school, List.of(new Refunds.Wanted(child, null)), Refunds.How.AS_PAID, Refunds.Cause.SETTLED, UUID.randomUUID()))).isInstanceOf(afterbell.base.shared.Outcome.Refused.class);
        // It came after all.
        lines.add(new Line("W5", 100_05, false));
        bring(bill(lines, 0));
        assertThat(given.in(school, () -> refunds.order(school, List.of(new Refunds.Wanted(child, null)), Refunds.How.COUNTER, Refunds.Cause.SETTLED, UUID.randomUUID()))).as("no more than was paid").isInstanceOf(afterbell.base.shared.Outcome.Refused.class);
        assertThat(given.in(school, () -> refunds.order(school, List.of(new Refunds.Wanted(child, 100_05L)), Refunds.How.COUNTER, Refunds.Cause.SETTLED, UUID.randomUUID()))).isInstanceOf(afterbell.base.shared.Outcome.Done.class);
    }

    private void charged(UUID child, long fen) {
        given.in(school, () -> {
            ledger.post(school, new afterbell.money.billing.Draft(UUID.randomUUID(), afterbell.money.billing.Document.CHARGE, UUID.randomUUID(), "test", clock.instant(), day, null, List.of(afterbell.money.billing.Posting.ofPupil("family", child, null, fen), afterbell.money.billing.Posting.of("service-fund", -fen))));
            return true;
        });
    }

    @Test
    void a_banks_payout_settles_what_was_under_way_and_a_stranger_waits_to_be_placed() {
        byte[] bank = ("交易日期,流水号,收入金额,支出金额,对方户名,附言\n" + day + ",L1,600.15,,财付通,结算\n" + day + ",L2,88.00,,王某某,课后费\n合计,,688.15,,,\n").getBytes(StandardCharsets.UTF_8);
        finance.get("/money/reconciling");
        HttpResponse<String> done = finance.postFiles("/money/reconciling", Map.of("layout", "bank-two-columns"), "file", Map.of("bank.csv", bank));
        String page = done.headers().firstValue("Location").orElseThrow();
        String body = finance.get(page).body();
        assertThat(body).contains("王某某", "微信结算款");
        // Names of payers lie sealed.
        assertThat(given.in(school, () -> sql.sql("select string_agg(encode(words, 'escape'), '') from billing.statement_row where school_id = :s").param("s", school).query(String.class).single())).doesNotContain("王某某");
        List<UUID> ids = given.in(school, () -> sql.sql("select difference_id from billing.difference where school_id = :s order by ordinal").param("s", school).query(UUID.class).list());
        finance.get(page);
        assertThat(finance.post(page + "/causes", Map.of("kind", "unknown_payer", "one", ids.get(0).toString(), "cause", "settle:wechat")).statusCode()).isEqualTo(303);
        assertThat(balance("in-transit")).isZero();
        assertThat(balance("bank")).isEqualTo(600_15);
        finance.get(page);
        assertThat(finance.post(page + "/causes", Map.of("kind", "unknown_payer", "one", ids.get(1).toString(), "cause", "take")).statusCode()).isEqualTo(303);
        assertThat(balance("suspense")).isEqualTo(-88_00);
        assertThat(open()).isEmpty();
    }

    /** Closes all open differences of a kind of the school, each on the page of the file that asked. */
    private void everywhere(String kind, String cause) {
        for (UUID file : given.in(school, () -> sql.sql("select distinct statement_file_id from billing.difference where school_id = :s and kind = :k and closed_at is null").param("s", school).param("k", kind).query(UUID.class).list()))
            settle("/money/reconciling/" + file, kind, cause);
    }

    private long family(UUID pupil) {
        return given.in(school, () -> ledger.familyBalances(school, List.of(pupil)).getOrDefault(pupil, 0L));
    }

    private Map<String, Long> books() {
        Map<String, Long> all = new java.util.TreeMap<>();
        for (String account : List.of("bank", "in-transit", "suspense", "fee-of-channel", "family")) all.put(account, balance(account));
        assertThat(all.values().stream().mapToLong(Long::longValue).sum()).as("balanced").isZero();
        return all;
    }

    @Test
    void files_that_overlap_or_are_written_in_another_order_ask_nothing_twice_and_each_cause_posts_once() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) lines.add(new Line("W" + i, i == 2 ? 90_02 : 100_00 + i, false));
        lines.add(new Line("W1", 100_01, false));
        lines.add(new Line("X8", 76_00, false));
        lines.add(new Line("X9", 77_00, false));
        lines.add(new Line("R1", 10_00, true));
        bring(bill(lines, 0));
        Map<String, Integer> asked = open();
        assertThat(asked).isEqualTo(Map.of("amount", 1, "back_unknown", 1, "fee", 1, "missing_here", 2, "missing_there", 1, "twice", 1));
        // Downloaded again, in another order, before anybody has answered: one question each, still on the page that asked first.
        List<Line> other = lines.reversed();
        String second = bring(bill(other, 0)).headers().firstValue("Location").orElseThrow();
        assertThat(open()).isEqualTo(asked);
        assertThat(finance.get(second).body()).contains("另有账单的差异没处理完").doesNotContain("三方一致");
        String first = "/money/reconciling/" + given.in(school, () -> sql.sql("select distinct statement_file_id from billing.difference where school_id = :s").param("s", school).query(UUID.class).single());
        UUID stranger = given.in(school, () -> sql.sql("select difference_id from billing.difference d join billing.statement_row r using (school_id, statement_file_id, ordinal) where school_id = :s and r.reference = 'X8'").param("s", school).query(UUID.class).single());
        finance.get(first);
        assertThat(finance.post(first + "/causes", Map.of("kind", "missing_here", "one", stranger.toString(), "cause", "not_ours")).statusCode()).isEqualTo(303);
        for (Map.Entry<String, String> c : Map.of("missing_here", "take", "amount", "correct", "missing_there", "reverse", "fee", "fee", "twice", "once", "back_unknown", "asked").entrySet()) everywhere(c.getKey(), c.getValue());
        assertThat(open()).isEmpty();
        Map<String, Long> settled = books();
        // And after all is answered: a week's file over the same days, a third order, one more payment of the day in it.
        List<Line> week = new ArrayList<>(lines);
        java.util.Collections.rotate(week, 4);
        week.add(new Line("X7", 5_00, false));
        bring(bill(week, 0));
        assertThat(open()).isEqualTo(Map.of("missing_here", 1, "fee", 1));
        everywhere("missing_here", "take");
        everywhere("fee", "fee");
        assertThat(balance("suspense")).isEqualTo(settled.get("suspense") - 5_00);
        assertThat(balance("family")).isEqualTo(settled.get("family"));
        assertThat(balance("in-transit")).isEqualTo(settled.get("in-transit") + 5_00 - 60);
        Map<String, Long> whole = books();
        java.util.Collections.shuffle(week, new java.util.Random(41));
        bring(bill(week, 0));
        assertThat(open()).isEmpty();
        assertThat(books()).isEqualTo(whole);
    }

    @Test
    void what_was_reversed_and_comes_after_all_is_the_childs_again_once() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) lines.add(new Line("W" + i, 100_00 + i, false));
        bring(bill(lines, 0));
        everywhere("missing_there", "reverse");
        assertThat(family(pupils.get(5))).isZero();
        assertThat(balance("in-transit")).isEqualTo(500_10);
        // A file that still lacks it asks for it no more.
        bring(bill(lines.reversed(), 0));
        assertThat(open()).containsOnlyKeys("fee");
        lines.add(new Line("W5", 100_05, false));
        bring(bill(lines, 0));
        assertThat(open()).containsOnlyKeys("fee");
        assertThat(family(pupils.get(5))).isEqualTo(-100_05);
        assertThat(given.in(school, () -> sql.sql("select cause from billing.difference where school_id = :s and kind = 'missing_there'").param("s", school).query(String.class).single())).isEqualTo("came");
        bring(bill(lines.reversed(), 0));
        bring(bill(lines.subList(0, 5), 0));
        bring(bill(lines.subList(1, 6), 0));
        assertThat(open()).containsOnlyKeys("fee");
        assertThat(family(pupils.get(5))).isEqualTo(-100_05);
        assertThat(balance("in-transit")).isEqualTo(600_15);
    }

    @Test
    void an_amount_that_was_put_right_counts_as_the_ledger_has_it() {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 6; i++) lines.add(new Line("W" + i, i == 2 ? 90_02 : 100_00 + i, false));
        bring(bill(lines, 0));
        everywhere("amount", "correct");
        String page = bring(bill(lines.reversed(), 0)).headers().firstValue("Location").orElseThrow();
        assertThat(open()).containsOnlyKeys("fee");
        assertThat(finance.get(page).body().split("¥590.15", -1)).as("ledger and file").hasSizeGreaterThanOrEqualTo(3);
        // The channel has changed its mind, twice.
        lines.set(2, new Line("W2", 100_02, false));
        bring(bill(lines, 0));
        everywhere("amount", "correct");
        assertThat(family(pupils.get(2))).isEqualTo(-100_02);
        lines.set(2, new Line("W2", 90_02, false));
        lines.add(new Line("W0", 100_00, false));
        bring(bill(lines, 0));
        everywhere("amount", "correct");
        assertThat(family(pupils.get(2))).isEqualTo(-90_02);
        books();
    }

    private HttpResponse<String> bank(String rows, long in) {
        byte[] file = ("交易日期,流水号,收入金额,支出金额,对方户名,附言\n" + rows + "合计,," + yuan(in) + ",,,\n").getBytes(StandardCharsets.UTF_8);
        finance.get("/money/reconciling");
        return finance.postFiles("/money/reconciling", Map.of("layout", "bank-two-columns"), "file", Map.of("bank.csv", file));
    }

    @Test
    void a_payout_that_two_files_of_the_bank_tell_is_settled_once() {
        String payout = day + ",L1,600.15,,财付通,结算\n";
        String rent = day + ",L2,88.00,,某某公司,场租\n";
        String page = bank(payout + rent, 688_15).headers().firstValue("Location").orElseThrow();
        List<UUID> ids = given.in(school, () -> sql.sql("select difference_id from billing.difference where school_id = :s order by ordinal").param("s", school).query(UUID.class).list());
        bank(rent + payout, 688_15);
        assertThat(open()).containsEntry("unknown_payer", 2);
        finance.get(page);
        for (int twice = 0; twice < 2; twice++) assertThat(finance.post(page + "/causes", Map.of("kind", "unknown_payer", "one", ids.get(0).toString(), "cause", "settle:wechat")).statusCode()).isEqualTo(303);
        assertThat(finance.post(page + "/causes", Map.of("kind", "unknown_payer", "one", ids.get(1).toString(), "cause", "not_ours")).statusCode()).isEqualTo(303);
        Map<String, Long> settled = books();
        assertThat(settled).containsEntry("bank", 600_15L).containsEntry("in-transit", 0L);
        bank(rent + payout + day + ",L3,1.00,,王某某,课后费\n", 689_15);
        assertThat(open()).containsEntry("unknown_payer", 1);
        everywhere("unknown_payer", "take");
        bank(day + ",L3,1.00,,王某某,课后费\n" + payout, 601_15);
        assertThat(open()).isEmpty();
        assertThat(books()).isEqualTo(new java.util.TreeMap<>(Map.of("bank", 601_15L, "in-transit", 0L, "suspense", -1_00L, "fee-of-channel", 0L, "family", settled.get("family"))));
    }

    /** Refunds by the bank's list, each child's own; the numbers in the order of the children. */
    private List<String> listed(List<UUID> children, List<Long> fens) {
        UUID by = UUID.randomUUID();
        Instant now = clock.instant();
        return given.in(school, () -> {
            for (int i = 0; i < children.size(); i++) {
                UUID child = children.get(i);
                long fen = fens.get(i);
                ledger.post(school, new afterbell.money.billing.Draft(UUID.randomUUID(), afterbell.money.billing.Document.CHARGE, UUID.randomUUID(), "test", now, day, null, List.of(afterbell.money.billing.Posting.ofPupil("family", child, null, 60_00), afterbell.money.billing.Posting.of("service-fund", -60_00))));
                assertThat(refunds.order(school, List.of(new Refunds.Wanted(child, fen)), Refunds.How.BANK_LIST, Refunds.Cause.SETTLED, by)).isInstanceOf(afterbell.base.shared.Outcome.Done.class);
            }
            refunds.handOver(school, Refunds.Destination.BANK_LIST);
            return sql.sql("select number from billing.refund where school_id = :s and pupil_id = any(:p::uuid[]) and state = 'SENT' order by array_position(:p::uuid[], pupil_id)").param("s", school).param("p", children.toArray(UUID[]::new)).query(String.class).list();
        });
    }

    private Map<String, Integer> states() {
        Map<String, Integer> all = new java.util.TreeMap<>();
        given.in(school, () -> {
            sql.sql("select state, count(*)::int from billing.refund where school_id = :s group by state").param("s", school).query(r -> {
                all.put(r.getString(1), r.getInt(2));
            });
            return true;
        });
        return all;
    }

    @Test
    void what_the_bank_paid_back_is_laid_beside_the_list_and_wrong_missing_and_double_ones_are_told() {
        LocalDate today = day.plusDays(1);
        // By number, by amount alone, another amount, twice, never.
        List<String> numbers = listed(pupils.subList(0, 5), List.of(11_00L, 12_00L, 13_00L, 14_00L, 15_00L));
        String rows = today + ",P1,,11.00,甲,退费" + numbers.get(0) + "\n" + today + ",P2,,12.00,乙,退费\n" + today + ",P3,,13.50,丙," + numbers.get(2) + "\n" + today + ",P4,,14.00,丁," + numbers.get(3) + "\n" + today + ",P5,,14.00,丁," + numbers.get(3) + "\n"
                + today + ",P6,,500.00,某某公司,教具\n" + today + ",P7,,9.00,戊,R20260901ABCDEFGHJK\n";
        given.in(school, () -> refunds.done(school, sql.sql("select refund_id from billing.refund where school_id = :s and number = :n").param("s", school).param("n", numbers.get(4)).query(UUID.class).list(), null));
        bank(rows + today + ",L9,1.00,,某某公司,利息\n", 1_00);
        assertThat(open()).isEqualTo(Map.of("back_paid", 3, "back_amount", 1, "back_twice", 1, "back_missing", 1, "back_unknown", 1, "unknown_payer", 1));
        // A longer file of the same days asks nothing again.
        bank(today + ",L9,1.00,,某某公司,利息\n" + rows, 1_00);
        assertThat(open().values().stream().mapToInt(n -> n).sum()).isEqualTo(8);
        everywhere("back_paid", "done");
        everywhere("back_amount", "correct");
        everywhere("back_twice", "correct");
        everywhere("back_missing", "bounced");
        everywhere("back_unknown", "asked");
        everywhere("unknown_payer", "not_ours");
        assertThat(states()).isEqualTo(Map.of("DONE", 4, "FAILED", 1));
        // Out went 11 + 12 + 13.50 + 14 twice, to the fen.
        assertThat(balance("bank")).isEqualTo(-64_50);
        assertThat(balance("refund-due")).isEqualTo(-15_00);
        assertThat(family(pupils.get(2))).as("half a yuan too much").isEqualTo(-40_02 + 13_00 + 50);
        assertThat(family(pupils.get(3))).as("once too often").isEqualTo(-40_03 + 14_00 + 14_00);
        // What the bank never paid goes again, and is found in the file of the day.
        UUID failed = given.in(school, () -> sql.sql("select refund_id from billing.refund where school_id = :s and state = 'FAILED'").param("s", school).query(UUID.class).single());
        given.in(school, () -> refunds.redirect(school, failed, Refunds.Destination.BANK_LIST));
        given.in(school, () -> refunds.handOver(school, Refunds.Destination.BANK_LIST));
        bank(today + ",P8,,15.00,己," + numbers.get(4) + "\n" + rows + today + ",L9,1.00,,某某公司,利息\n", 1_00);
        assertThat(open()).isEqualTo(Map.of("back_paid", 1));
        everywhere("back_paid", "done");
        assertThat(states()).isEqualTo(Map.of("DONE", 5));
        assertThat(balance("bank")).isEqualTo(-79_50);
        assertThat(balance("refund-due")).isZero();
    }

    private UUID refund(String number) {
        return given.in(school, () -> sql.sql("select refund_id from billing.refund where school_id = :s and number = :n").param("s", school).param("n", number).query(UUID.class).single());
    }

    @Test
    void a_refund_that_was_called_back_or_sent_another_way_since_is_not_settled_by_its_old_row() {
        LocalDate today = day.plusDays(1);
        List<String> numbers = listed(pupils.subList(0, 4), List.of(11_00L, 12_00L, 13_00L, 14_00L));
        String interest = today + ",L9,1.00,,某某公司,利息\n";
        String page = bank(today + ",P1,,11.00,甲," + numbers.get(0) + "\n" + today + ",P2,,12.00,乙," + numbers.get(1) + "\n" + today + ",P3,,13.50,丙," + numbers.get(2) + "\n" + today + ",P4,,14.00,丁," + numbers.get(3) + "\n" + interest, 1_00).headers().firstValue("Location").orElseThrow();
        Map<String, Integer> asked = open();
        assertThat(asked).isEqualTo(Map.of("back_paid", 3, "back_amount", 1, "unknown_payer", 1));
        // Meanwhile somebody has called three of them back: one waits, one goes to the counter, one stands on a new list.
        given.in(school, () -> {
            refunds.failed(school, numbers.subList(0, 3).stream().map(this::refund).toList());
            refunds.redirect(school, refund(numbers.get(1)), Refunds.Destination.COUNTER);
            refunds.redirect(school, refund(numbers.get(2)), Refunds.Destination.BANK_LIST);
            return refunds.handOver(school, Refunds.Destination.BANK_LIST);
        });
        finance.get(page);
        HttpResponse<String> paid = finance.post(page + "/causes", Map.of("kind", "back_paid", "cause", "done"));
        assertThat(paid.statusCode()).isEqualTo(422);
        assertThat(paid.body()).contains("后来记了“退回”或改走了别的路");
        assertThat(finance.post(page + "/causes", Map.of("kind", "back_amount", "cause", "correct")).statusCode()).isEqualTo(422);
        assertThat(open()).isEqualTo(asked);
        assertThat(states()).isEqualTo(Map.of("FAILED", 1, "READY", 1, "SENT", 2));
        assertThat(balance("bank")).isZero();
        assertThat(balance("cash")).isZero();
        // The one that stayed what it was.
        UUID fourth = given.in(school, () -> sql.sql("select difference_id from billing.difference where school_id = :s and refund_id = :r").param("s", school).param("r", refund(numbers.get(3))).query(UUID.class).single());
        assertThat(finance.post(page + "/causes", Map.of("kind", "back_paid", "one", fourth.toString(), "cause", "done")).statusCode()).isEqualTo(303);
        assertThat(balance("bank")).isEqualTo(-14_00);
    }

    @Test
    void other_business_of_the_same_amount_from_before_the_list_takes_no_refunds_place() {
        LocalDate today = day.plusDays(1);
        List<String> numbers = listed(pupils.subList(0, 2), List.of(12_00L, 12_00L));
        given.in(school, () -> refunds.done(school, List.of(refund(numbers.get(0))), null));
        bank(today.minusDays(6) + ",P0,,12.00,某某公司,教具\n" + today.minusDays(5) + ",P1,,12.00,某某公司,教具\n" + today + ",P2,,12.00,甲,退费\n" + today + ",P3,,12.00,乙,退费\n" + today + ",L9,1.00,,某某公司,利息\n", 1_00);
        assertThat(open()).as("both were paid, and neither is missing").isEqualTo(Map.of("back_paid", 1, "unknown_payer", 1));
    }

    @Test
    void a_bank_that_pays_a_whole_list_in_one_row_has_paid_each_refund_of_it() {
        LocalDate today = day.plusDays(1);
        listed(pupils.subList(0, 3), List.of(11_00L, 12_00L, 13_00L));
        bank(today + ",P1,,36.00,,代发退费\n" + today + ",P2,,12.00,乙,教具\n" + today + ",L9,1.00,,某某公司,利息\n", 1_00);
        assertThat(open()).isEqualTo(Map.of("back_paid", 3, "unknown_payer", 1));
        everywhere("back_paid", "done");
        assertThat(balance("bank")).isEqualTo(-36_00);
        assertThat(balance("refund-due")).isZero();
    }

    @Test
    void a_card_terminals_list_is_reconciled_by_the_number_on_the_slip_and_what_no_slip_tells_waits() {
        given.in(school, () -> payments.takeAll(school, List.of(Payments.Arrived.of(PayWay.CARD, "0001", pupils.get(0), 20_00, at(), null), Payments.Arrived.of(PayWay.CARD, "0002", pupils.get(1), 30_00, at(), null))));
        byte[] list = ("交易时间,参考号,交易类型,交易金额,手续费\n" + day + " 10:00:00,0001,消费,20.00,0.10\n" + day + " 10:05:00,0003,消费,40.00,0.20\n合计,,,60.00,\n").getBytes(StandardCharsets.UTF_8);
        assertThat(finance.get("/money/reconciling").body()).contains("刷卡机");
        assertThat(finance.postFiles("/money/reconciling", Map.of("layout", "card-terminal"), "file", Map.of("pos.csv", list)).statusCode()).isEqualTo(303);
        assertThat(open()).isEqualTo(Map.of("missing_here", 1, "missing_there", 1, "fee", 1));
        everywhere("missing_here", "take");
        assertThat(balance("suspense")).isEqualTo(-40_00);
        everywhere("missing_there", "reverse");
        everywhere("fee", "fee");
        assertThat(given.in(school, () -> sql.sql("select sum(fen) from billing.posting where school_id = :s and account = 'in-transit' and channel = 'card'").param("s", school).query(Long.class).single())).isEqualTo(60_00 - 30);
        assertThat(given.in(school, () -> store.missing(school, day, day))).as("the day's list was brought").noneMatch(m -> m.way().equals("CARD"));
    }
}
