package afterbell.money.billing.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.audit.Audit;
import afterbell.base.schools.EverySchool;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Rounds;
import afterbell.base.shared.access.Role;
import afterbell.money.billing.BackToPayer;
import afterbell.money.billing.Channel;
import afterbell.money.billing.OrderState;
import afterbell.money.billing.PayOrder;
import afterbell.money.billing.PayOrders;
import afterbell.money.billing.PayWay;
import afterbell.testing.GivenPayments;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@HouseTest
@Req("R117")
class OnlineIT {
    private static final StandIn CHANNELS = new StandIn();

    @Autowired GivenSchool given;
    @Autowired GivenPayments bill;
    @Autowired Visitor.Maker visitors;
    @Autowired Merchants merchants;
    @Autowired Inbox inbox;
    @Autowired PayOrders orders;
    @Autowired Schools names;
    @Autowired EverySchool schools;
    @Autowired Audit audit;
    @Autowired JdbcClient sql;
    @Autowired TransactionTemplate transactions;
    @Autowired Ids ids;
    @Autowired JsonMapper json;
    @Autowired Clock clock;

    private final HttpClient http = HttpClient.newHttpClient();
    UUID school = new UUID(0, 0);
    UUID pupil = new UUID(0, 0);
    String weChat = "";
    String alipay = "";

    @AfterAll
    static void end() {
        CHANNELS.close();
    }

    @BeforeEach
    void a_school_with_both_contracts_and_a_child_that_owes_something() {
        CHANNELS.lies = false;
        CHANNELS.silent = false;
        CHANNELS.cut = false;
        school = given.school();
        pupil = bill.pupils(school, 1).getFirst();
        bill.charge(school, List.of(pupil), 36_000);
        UUID finance = ids.next();
        weChat = contract(PayWay.WECHAT, CHANNELS.weChatMerchant(), finance);
        alipay = contract(PayWay.ALIPAY, CHANNELS.alipayMerchant(), finance);
    }

    private String contract(PayWay way, Channel.Merchant merchant, UUID by) {
        return given.in(school, () -> {
            merchants.put(school, way, merchant, true, by);
            return merchants.of(school, way).orElseThrow().notifications().getPath();
        });
    }

    private PayOnline online(Clock at) {
        return new PayOnline(List.of(new WeChatPay(CHANNELS.base()), new Alipay(CHANNELS.base(), json, clock)), merchants, inbox, orders, names, schools, audit, sql, transactions, new Rounds(ids), ids, at);
    }

    private int tell(String path, StandIn.Wire wire) {
        HttpRequest.Builder post = HttpRequest.newBuilder(URI.create(visitors.base() + path)).POST(HttpRequest.BodyPublishers.ofString(wire.body()));
        wire.headers().forEach(post::header);
        return send(post.build());
    }

    private int tell(String path, Map<String, String> form) {
        String body = form.entrySet().stream().map(e -> e.getKey() + "=" + Visitor.encode(e.getValue())).collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(visitors.base() + path)).header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8").POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)).build());
    }

    private int send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void booked() {
        given.in(school, () -> inbox.book(school));
        // Another worker may hold the row for a moment: it is booked once, by either.
        long begun = System.nanoTime();
        while (bill.count(school, "notification", Map.of("state", "NEW")) > 0 && System.nanoTime() - begun < 10_000_000_000L) Thread.onSpinWait();
        given.in(school, () -> inbox.book(school));
    }

    @Test
    void a_signed_notification_pays_its_order_once_however_often_and_by_how_many_it_is_told() throws Exception {
        PayOrder order = bill.order(school, pupil);
        StandIn.Wire wire = CHANNELS.told(order.number(), "4200000001", 36_000, clock.instant());
        try (ExecutorService pool = Executors.newFixedThreadPool(10)) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) all.add(pool.submit(() -> tell(weChat, wire)));
            for (Future<Integer> f : all) assertThat(f.get()).isEqualTo(200);
        }
        booked();
        assertThat(bill.state(school, order)).isEqualTo(OrderState.PAID);
        assertThat(bill.count(school, "payment", Map.of("way", "WECHAT"))).isEqualTo(1);
        assertThat(bill.balance(school, pupil)).isZero();
        // Later, in another envelope, the same transaction.
        assertThat(tell(weChat, CHANNELS.told(order.number(), "4200000001", 36_000, clock.instant()))).isEqualTo(200);
        booked();
        assertThat(bill.count(school, "payment", Map.of())).isEqualTo(1);
        assertThat(bill.account(school, "suspense")).isZero();
    }

    @Test
    void what_the_channel_has_not_signed_or_sent_now_and_to_us_changes_nothing() {
        PayOrder order = bill.order(school, pupil);
        StandIn.Wire good = CHANNELS.told(order.number(), "4200000002", 36_000, clock.instant());
        assertThat(tell(weChat, new StandIn.Wire(good.headers(), good.body().replace("\"summary\":\"x\"", "\"summary\":\"y\"")))).as("changed on the way").isEqualTo(401);
        assertThat(tell(weChat, CHANNELS.told(order.number(), "4200000002", 36_000, clock.instant().minus(Duration.ofMinutes(6))))).as("an old one, sent again").isEqualTo(401);
        assertThat(tell(weChat, CHANNELS.ofAnotherMerchant(order.number(), "4200000002", 36_000, clock.instant()))).as("another merchant's").isEqualTo(401);
        assertThat(tell(weChat, new StandIn.Wire(Map.of("Content-Type", "application/json"), "{}"))).as("no signature").isEqualTo(401);
        assertThat(tell(weChat.replaceAll("[0-9a-f]{6}$", "000000"), good)).as("no such address").isEqualTo(404);
        assertThat(tell(weChat.replace("wechat", "alipay"), good)).as("another channel's address").isEqualTo(404);
        Map<String, String> form = CHANNELS.aliTold(order.number(), "2026", 36_000, clock.instant());
        form.put("total_amount", "0.01");
        assertThat(tell(alipay, form)).as("changed on the way").isEqualTo(401);
        assertThat(tell(alipay, CHANNELS.aliTold(order.number(), "2026", 36_000, clock.instant().minus(Duration.ofDays(2))))).isEqualTo(401);
        booked();
        assertThat(bill.state(school, order)).isEqualTo(OrderState.OPEN);
        assertThat(bill.count(school, "notification", Map.of())).isZero();
    }

    @Test
    void alipays_form_pays_too_and_the_second_channel_of_one_order_goes_to_the_work_list() {
        PayOrder order = bill.order(school, pupil);
        assertThat(tell(alipay, CHANNELS.aliTold(order.number(), "2026112200001", 36_000, clock.instant()))).isEqualTo(200);
        booked();
        assertThat(bill.state(school, order)).isEqualTo(OrderState.PAID);
        assertThat(tell(weChat, CHANNELS.told(order.number(), "4200000003", 36_000, clock.instant()))).isEqualTo(200);
        booked();
        assertThat(bill.count(school, "suspense", Map.of("why", "PAID_ALREADY"))).isEqualTo(1);
        assertThat(bill.account(school, "suspense")).isEqualTo(-36_000);
    }

    @Test
    void another_amount_waits_and_an_order_that_closed_meanwhile_still_counts() {
        PayOrder order = bill.order(school, pupil);
        assertThat(tell(weChat, CHANNELS.told(order.number(), "4200000004", 1, clock.instant()))).isEqualTo(200);
        booked();
        assertThat(bill.count(school, "suspense", Map.of("why", "OTHER_AMOUNT"))).isEqualTo(1);
        given.in(school, () -> sql.sql("update billing.pay_order set state = 'EXPIRED' where school_id = :s").param("s", school).update());
        assertThat(tell(weChat, CHANNELS.told(order.number(), "4200000005", 36_000, clock.instant()))).isEqualTo(200);
        booked();
        assertThat(bill.state(school, order)).isEqualTo(OrderState.PAID);
        assertThat(bill.balance(school, pupil)).isZero();
    }

    @Test
    void a_code_is_made_once_and_what_nobody_told_is_asked_for() {
        for (PayWay way : List.of(PayWay.WECHAT, PayWay.ALIPAY)) {
            UUID child = bill.pupils(school, 1).getFirst();
            bill.charge(school, List.of(child), 5_000);
            PayOnline online = online(clock);
            UUID attempt = ((Outcome.Done<UUID>) online.start(school, child, way, ids.next())).value();
            assertThat(online.start(school, child, way, ids.next())).isEqualTo(Outcome.done(attempt));
            PayOrder order = bill.order(school, child);
            assertThat(CHANNELS.orders.get(order.number())).isEqualTo(5_000L);
            PayOnline later = online(Clock.offset(clock, PayOnline.SILENCE.plusSeconds(1)));
            CHANNELS.silent = true;
            later.ask(school);
            assertThat(bill.state(school, order)).as("no answer changes nothing").isEqualTo(OrderState.OPEN);
            CHANNELS.silent = false;
            CHANNELS.paid.put(order.number(), way + "77");
            online(Clock.offset(clock, PayOnline.SILENCE.multipliedBy(3))).ask(school);
            assertThat(bill.state(school, order)).isEqualTo(OrderState.PAID);
            assertThat(bill.count(school, "attempt", Map.of("state", "PAID", "channel", way.name()))).isEqualTo(1);
        }
        assertThat(CHANNELS.badlySigned).as("the channels verified all that they were asked").hasValue(0);
    }

    @Test
    void an_order_that_nobody_needs_is_closed_at_the_channel_too() {
        PayOnline online = online(clock);
        online.start(school, pupil, PayWay.WECHAT, ids.next());
        bill.paid(school, pupil, 36_000);
        int before = CHANNELS.closed.get();
        online(Clock.offset(clock, PayOnline.SILENCE.plusSeconds(1))).ask(school);
        assertThat(CHANNELS.closed.get()).isEqualTo(before + 1);
        assertThat(bill.count(school, "attempt", Map.of("state", "CLOSED"))).isEqualTo(1);
    }

    @Test
    void an_answer_with_a_wrong_signature_is_no_answer() {
        CHANNELS.lies = true;
        assertThat(online(clock).start(school, pupil, PayWay.WECHAT, ids.next())).isInstanceOf(Outcome.Refused.class);
        assertThat(online(clock).start(school, pupil, PayWay.ALIPAY, ids.next())).isInstanceOf(Outcome.Refused.class);
        BackToPayer.Wanted wanted = new BackToPayer.Wanted(PayWay.WECHAT, "20261008AAAAAAAAAA", "R20261008CCCCCCCCCC", 100, 36_000);
        assertThat(online(clock).send(school, wanted)).isEqualTo(BackToPayer.Answer.NO_ANSWER);
        CHANNELS.lies = false;
        CHANNELS.silent = true;
        assertThat(online(clock).send(school, wanted)).isEqualTo(BackToPayer.Answer.NO_ANSWER);
        CHANNELS.silent = false;
        assertThat(online(clock).send(school, wanted)).isEqualTo(BackToPayer.Answer.DONE);
        assertThat(online(clock).send(school, new BackToPayer.Wanted(PayWay.ALIPAY, "20261008AAAAAAAAAA", "R20261008DDDDDDDDDD", 100, 36_000))).isEqualTo(BackToPayer.Answer.DONE);
        assertThat(CHANNELS.refunds).containsEntry("R20261008CCCCCCCCCC", 100L).containsEntry("R20261008DDDDDDDDDD", 100L);
    }

    @Test
    void the_daily_bill_is_read_whole_or_not_at_all() {
        List<Channel.BillLine> lines = online(clock).of(school, PayWay.WECHAT, LocalDate.of(2026, 10, 8)).orElseThrow();
        assertThat(lines).extracting(Channel.BillLine::reference).containsOnly("4200000001");
        assertThat(lines).extracting(Channel.BillLine::fen).containsExactly(36_000L, -4_680L);
        assertThat(lines.getLast().number()).isEqualTo("R20261008BBBBBBBBBB");
        assertThatThrownBy(() -> WeChatPay.lines("no bill")).isInstanceOf(Channel.Unverified.class);
    }

    @Test
    void alipays_daily_bill_is_asked_for_signed_unpacked_and_read_whole_or_not_at_all() {
        int badly = CHANNELS.badlySigned.get();
        List<Channel.BillLine> lines = online(clock).of(school, PayWay.ALIPAY, LocalDate.of(2026, 10, 8)).orElseThrow();
        assertThat(lines).extracting(Channel.BillLine::number).containsExactly("20261008EEEEEEEEEE", "R20261008FFFFFFFFFF");
        assertThat(lines).extracting(Channel.BillLine::reference).containsOnly("2026100822001400001");
        assertThat(lines).extracting(Channel.BillLine::fen).containsExactly(36_000L, -4_680L);
        assertThat(lines).extracting(Channel.BillLine::feeFen).as("what it costs, and what of it comes back").containsExactly(216L, -28L);
        assertThat(lines.getFirst().at()).isEqualTo(Instant.parse("2026-10-08T02:00:09Z"));
        assertThat(CHANNELS.badlySigned).hasValue(badly);
        CHANNELS.cut = true;
        assertThat(online(clock).of(school, PayWay.ALIPAY, LocalDate.of(2026, 10, 8))).as("it breaks off").isEmpty();
        CHANNELS.cut = false;
        assertThat(online(clock).of(school, PayWay.ALIPAY, LocalDate.of(2026, 10, 9))).as("there is none").isEmpty();
        CHANNELS.lies = true;
        assertThat(online(clock).of(school, PayWay.ALIPAY, LocalDate.of(2026, 10, 8))).as("where it is to be had is not signed").isEmpty();
    }

    @Test
    void news_of_one_order_end_alike_in_whatever_order_they_come() {
        Instant now = clock.instant();
        List<List<Integer>> turns = List.of(List.of(0, 1, 2), List.of(0, 2, 1), List.of(1, 0, 2), List.of(1, 2, 0), List.of(2, 0, 1), List.of(2, 1, 0));
        List<UUID> children = bill.pupils(school, turns.size());
        bill.charge(school, children, 36_000);
        for (int i = 0; i < turns.size(); i++) {
            PayOrder order = bill.order(school, children.get(i));
            // Paid by one channel, paid again by the other, and somebody else's odd amount under the same number.
            String tail = "7" + i;
            for (int news : turns.get(i)) {
                int answer = switch (news) {
                    case 0 -> tell(weChat, CHANNELS.told(order.number(), "420000" + tail, 36_000, now));
                    case 1 -> tell(alipay, CHANNELS.aliTold(order.number(), "202611" + tail, 36_000, now));
                    default -> tell(weChat, CHANNELS.told(order.number(), "429999" + tail, 4_680, now));
                };
                assertThat(answer).isEqualTo(200);
                booked();
            }
            assertThat(bill.state(school, order)).as("turn %s", turns.get(i)).isEqualTo(OrderState.PAID);
            assertThat(bill.balance(school, children.get(i))).as("turn %s", turns.get(i)).isZero();
        }
        assertThat(bill.count(school, "payment", Map.of())).isEqualTo(turns.size());
        assertThat(bill.account(school, "suspense")).as("what nobody ordered waits, to the fen").isEqualTo(-(36_000L + 4_680) * turns.size());
        assertThat(given.in(school, () -> sql.sql("select sum(fen)::bigint from billing.posting where school_id = :s").param("s", school).query(Long.class).single())).isZero();
    }

    @Test
    void an_amount_that_no_money_can_be_is_signed_in_vain() {
        PayOrder order = bill.order(school, pupil);
        Instant now = clock.instant();
        int n = 0;
        for (long fen : new long[] {0, -36_000, 100_000_001, Integer.MAX_VALUE}) assertThat(tell(weChat, CHANNELS.told(order.number(), "43" + n++, fen, now))).as("%d fen", fen).isEqualTo(200);
        for (String yuan : List.of("0.00", "-360.00", "1000000.01", "1E9")) assertThat(tell(alipay, CHANNELS.aliTold(order.number(), "44" + n++, yuan, now))).as(yuan).isEqualTo(200);
        for (String yuan : List.of("360.001", "1E999999999", "9".repeat(40), "", "360元")) assertThat(tell(alipay, CHANNELS.aliTold(order.number(), "44" + n++, yuan, now))).as(yuan).isEqualTo(401);
        // What can't be a transaction's number is not kept either, and takes nothing down that stands beside it.
        assertThat(tell(alipay, CHANNELS.aliTold(order.number(), "4 4", 36_000, now))).isEqualTo(200);
        booked();
        assertThat(bill.count(school, "notification", Map.of())).isZero();
        assertThat(bill.state(school, order)).isEqualTo(OrderState.OPEN);
        assertThat(bill.account(school, "suspense")).isZero();
    }

    @Test
    void a_hundred_told_at_one_moment_are_kept_before_they_are_thanked_for_and_booked_once_each() throws Exception {
        List<UUID> children = bill.pupils(school, 100);
        bill.charge(school, children, 36_000);
        List<StandIn.Wire> wires = new ArrayList<>();
        for (UUID child : children) wires.add(CHANNELS.told(bill.order(school, child).number(), "45" + wires.size(), 36_000, clock.instant()));
        try (ExecutorService pool = Executors.newFixedThreadPool(20)) {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String reference = "45" + i;
                StandIn.Wire wire = wires.get(i);
                all.add(pool.submit(() -> {
                    assertThat(tell(weChat, wire)).isEqualTo(200);
                    return bill.count(school, "notification", Map.of("reference", reference));
                }));
                if (i % 3 == 0) pool.submit(() -> tell(weChat, wire));
            }
            for (Future<Long> kept : all) assertThat(kept.get()).isEqualTo(1);
        }
        booked();
        assertThat(bill.count(school, "payment", Map.of("way", "WECHAT"))).isEqualTo(100);
        assertThat(bill.count(school, "pay_order", Map.of("state", "PAID"))).isEqualTo(100);
        assertThat(bill.account(school, "in-transit")).isEqualTo(3_600_000);
        assertThat(bill.account(school, "suspense")).isZero();
    }

    @Test
    void the_contract_is_sealed_and_its_secrets_are_never_shown_again() {
        String stored = given.in(school, () -> sql.sql("select string_agg(encode(sealed, 'escape'), '') from billing.merchant where school_id = :s").param("s", school).query(String.class).single());
        assertThat(stored).doesNotContain(StandIn.SECRET).doesNotContain(StandIn.MERCHANT);
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        String page = finance.get("/payments/online").body();
        assertThat(page).contains(StandIn.MERCHANT).contains(weChat).doesNotContain(StandIn.SECRET).doesNotContain(StandIn.text(CHANNELS.merchantKeys.getPrivate()).substring(100, 140));
        Channel.Merchant m = CHANNELS.weChatMerchant();
        Map<String, String> form = Map.of("app", m.app(), "merchant", m.merchant(), "serial", m.serial(), "platformId", m.platformId(), "platformKey", m.platformKey());
        assertThat(finance.post("/payments/online/wechat", form).statusCode()).as("empty secrets keep what was known").isEqualTo(303);
        assertThat(given.in(school, () -> merchants.of(school, PayWay.WECHAT).orElseThrow()).merchant().secret()).isEqualTo(StandIn.SECRET);
        assertThat(given.in(school, () -> merchants.of(school, PayWay.WECHAT).orElseThrow()).on()).as("no tick: off").isFalse();
        assertThat(finance.post("/payments/online/wechat", Map.of("app", "x", "merchant", "y")).statusCode()).isEqualTo(422);
        assertThat(finance.post("/payments/online/paypal", Map.of()).statusCode()).isEqualTo(404);
        // Off: families see nothing of it, and money that still comes counts.
        Visitor parent = visitors.signedIn(given.guardian(school, pupil));
        assertThat(parent.get("/pay").body()).doesNotContain("WECHAT").contains("ALIPAY");
        assertThat(parent.post("/pay/" + pupil + "/codes", Map.of("way", "WECHAT")).statusCode()).isEqualTo(303);
        assertThat(bill.count(school, "attempt", Map.of())).isZero();
    }
}
