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
    void the_daily_bill_is_read_whole_or_not_at_all() throws Channel.Unverified {
        List<Channel.BillLine> lines = online(clock).of(school, PayWay.WECHAT, LocalDate.of(2026, 10, 8));
        assertThat(lines).extracting(Channel.BillLine::fen).containsExactly(36_000L, -4_680L);
        assertThat(lines.getLast().number()).isEqualTo("R20261008BBBBBBBBBB");
        assertThatThrownBy(() -> WeChatPay.lines("no bill")).isInstanceOf(Channel.Unverified.class);
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
