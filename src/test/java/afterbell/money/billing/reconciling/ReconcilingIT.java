package afterbell.money.billing.reconciling;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.calendar.TermDates;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Payments;
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
        bring(bill(List.of(new Line("Z1", 34_00, false)), 0));
        assertThat(open()).containsEntry("missing_here", 1);
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
}
