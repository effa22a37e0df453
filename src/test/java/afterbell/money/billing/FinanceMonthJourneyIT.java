package afterbell.money.billing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.Payments.Arrived;
import afterbell.testing.Browsers;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenSchool;
import afterbell.testing.Hands;
import afterbell.testing.HouseTest;
import afterbell.testing.Look;
import afterbell.testing.Visitor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finance's October at a desk: locks the month and charges it, lays a channel's bill and a bank's workbook beside the books, each with planted errors that take one
 * tap, agrees on the staff's pay, and publishes the sheet after the principal's yes.
 */
@HouseTest
@Req({"R120", "R123", "P4"})
class FinanceMonthJourneyIT {
    private static final LocalDate DAY = LocalDate.of(2026, 10, 30);
    /** Saved by an office program: a payout of the channel, a stranger, one amount that differs, and that row once more. */
    private static final Path BANK = Path.of("src/test/resources/billing/bank-2026-10-30.xlsx");

    @Autowired GivenSchool given;
    @Autowired GivenAfternoon afternoons;
    @Autowired PutTariff put;
    @Autowired ShippedTariffs shipped;
    @Autowired Periods periods;
    @Autowired ClosePeriod close;
    @Autowired Payments payments;
    @Autowired Ledger ledger;
    @Autowired JdbcClient sql;
    @Autowired Ids ids;
    @Autowired Visitor.Maker visitors;

    private UUID school = new UUID(0, 0);

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    @Test
    void a_month_is_closed_reconciled_paid_out_and_published() throws IOException {
        World world = afternoons.world(2, 2);
        school = world.school();
        LocalDate from = LocalDate.of(2026, 9, 1);
        given.in(school, () -> put.put(school, shipped.of("EXAMPLE-320999").orElseThrow().body(), true, from, from, null));
        afternoons.on(LocalDate.of(2026, 11, 2), "09:00");
        UUID september = given.in(school, () -> periods.all(school).stream().filter(p -> p.from().getMonthValue() == 9).findFirst().orElseThrow().id());
        Scopes.within(Scope.school(school, new UUID(0, 7)), () -> close.close(school, september, false, new UUID(0, 7), ids.next()));
        given.in(school, () -> payments.takeAll(school, paid(world.pupils())));

        Hands finance = Hands.on(signedIn(given.staff(school, Role.FINANCE)));
        closesOctober(finance);
        bringsTheBillOfTheChannel(finance);
        bringsTheBanksWorkbook(finance);
        paysTheStaff(finance);
        publishes(finance);
        finance.page().context().close();
    }

    /** Five by the channel, two by the bank, on one day. */
    private List<Arrived> paid(List<UUID> pupils) {
        Instant at = DAY.atTime(16, 0).atZone(Screen.ZONE).toInstant();
        List<Arrived> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) all.add(Arrived.of(PayWay.WECHAT, "W" + i, pupils.get(i % 2), 100_00, at, null));
        all.add(Arrived.of(PayWay.BANK, "L4", pupils.get(0), 72_00, at, null));
        all.add(Arrived.of(PayWay.BANK, "L5", pupils.get(1), 50_00, at, null));
        return all;
    }

    private void closesOctober(Hands finance) {
        Page page = finance.page();
        finance.open("/charges").go("a.row-link:has-text('2026年10月')");
        // The rolls lie in a folder.
        finance.go(button(page, "有纸质点名，按应到计"));
        looksRight(page);
        finance.go(button(page, "锁定并出账"));
        assertThat(page.url()).endsWith("/list");
        long charged = -balance("service-fund");
        assertThat(charged).isPositive();
        finance.open("/charges");
        assertThat(page.locator("a.row-link:has-text('2026年10月')").innerText()).contains("已结算", yuan(charged));
    }

    private void bringsTheBillOfTheChannel(Hands finance) {
        Page page = finance.page();
        finance.open("/money/reconciling");
        assertThat(page.content()).as("whose bill is missing").contains("还缺这些账单");
        finance.choose("#f-layout", "wechat");
        file(page, bill(1));
        finance.go(button(page, "核对"));
        assertThat(page.locator("main").innerText()).as("a wrong total changes nothing").contains("合计写的是");
        file(page, bill(0));
        finance.choose("#f-layout", "wechat").go(button(page, "核对"));
        looksRight(page);
        assertThat(page.content()).contains("账单有、本校没有", "本校有、账单没有", "金额不同", "账单里重复", "手续费");
        finance.effort();
        settles(finance, "missing_here", "收进来");
        settles(finance, "missing_there", "等下一份账单");
        settles(finance, "amount", "以账单为准");
        settles(finance, "twice", "只算一次");
        settles(finance, "fee", "记手续费");
        assertThat(finance.effort().taps()).as("one tap a difference").isEqualTo(5);
        assertThat(page.content()).contains("差异都已了结");
        assertThat(balance("suspense")).isEqualTo(-77_00);
        // Five payments, one of them 10 yuan less, the found one more, less the fees; one is still under way.
        assertThat(balance("in-transit")).isEqualTo(500_00 - 10_00 + 77_00 - 3_60);
    }

    /** Five rows of which one stands twice, one is smaller than booked and one is unknown here; the fifth payment is missing. */
    private static FilePayload bill(int wrong) {
        StringBuilder text = new StringBuilder("交易时间,微信订单号,商户订单号,交易状态,应结订单金额,退款金额,手续费\n");
        String row = "`" + DAY + " 16:00:00,`%s,`,`SUCCESS,`%s,`0.00,`0.60\n";
        for (String w : List.of("W0", "W1", "W1", "W3")) text.append(row.formatted(w, "100.00"));
        text.append(row.formatted("W2", "90.00")).append(row.formatted("X9", "77.00"));
        text.append("总交易单数,应结订单总金额\n`6,`").append(567 + wrong).append(".00\n");
        return new FilePayload("bill.csv", "text/csv", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void bringsTheBanksWorkbook(Hands finance) throws IOException {
        Page page = finance.page();
        finance.open("/money/reconciling").choose("#f-layout", "bank-two-columns");
        file(page, new FilePayload("bank.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Files.readAllBytes(BANK)));
        finance.go(button(page, "核对"));
        assertThat(page.content()).contains("不知是谁付的", "王某某");
        finance.effort();
        finance.go(difference(page, "财付通").locator("button:has-text('微信结算款')"));
        finance.go(difference(page, "王某某").locator("button:has-text('收进来')"));
        settles(finance, "amount", "以账单为准");
        settles(finance, "twice", "只算一次");
        settles(finance, "missing_there", "等下一份账单");
        assertThat(finance.effort().taps()).isEqualTo(5);
        assertThat(page.content()).contains("差异都已了结");
        assertThat(balance("in-transit")).as("the one payment that comes with the next bill").isEqualTo(100_00);
        // The workbook's 691.40 without the row that stands twice, and the payment that comes with the next file.
        assertThat(balance("bank")).isEqualTo(691_40 - 70_00 + 50_00);
    }

    private void paysTheStaff(Hands finance) {
        Page page = finance.page();
        finance.open("/money/pay/scheme");
        finance.type("#f-title", "课后服务报酬分配办法").type("#f-basis", "教代会通过").type("#f-from", "2026-10").type("#f-yuan-club", "60").type("#f-yuan-own-class", "50");
        finance.go(button(page, "公布这份办法"));
        finance.open("/money/pay?month=2026-10").go(button(page, "都上了")).go(button(page, "确认并交批"));
        looksRight(page);
        Page principal = signedIn(given.staff(school, Role.PRINCIPAL));
        principal.navigate("/money/pay?month=2026-10");
        Hands.on(principal).go(button(principal, "批准"));
        assertThat(principal.content()).contains("待发放");
        principal.context().close();
        finance.open("/money/pay?month=2026-10").go(button(page, "记为已发放"));
        assertThat(page.content()).contains("已发放");
        assertThat(balance("pay-due")).isZero();
    }

    private void publishes(Hands finance) {
        Page page = finance.page();
        finance.open("/money/publications").go("a[href*='kind=month&from=2026-10-01']").go(button(page, "公示"));
        finance.go("a:has-text('看已公示的')");
        looksRight(page);
        page.locator("summary:has-text('看数字')").first().click();
        // What the staff were paid stands on the sheet, to the fen, and nobody's name.
        long paid = given.in(school, () -> sql.sql("select sum(fen) from billing.pay_slip where school_id = :s").param("s", school).query(Long.class).single());
        assertThat(page.locator("body").innerText()).contains("月度报酬与考勤公示", "校验码", yuan(paid)).doesNotContain("老师care");
    }

    private static void settles(Hands finance, String kind, String cause) {
        finance.go(finance.page().locator("section:has(#kind-" + kind + ") button:has-text('" + cause + "')").first());
    }

    private static Locator difference(Page page, String words) {
        return page.locator("li.row-line").filter(new Locator.FilterOptions().setHasText(words));
    }

    private static Locator button(Page page, String label) {
        return page.locator("main button:visible").filter(new Locator.FilterOptions().setHasText(label)).first();
    }

    private static void file(Page page, FilePayload file) {
        page.setInputFiles("#f-file", file);
    }

    private long balance(String account) {
        return given.in(school, () -> ledger.balance(school, account));
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(Math.abs(fen), 2).toPlainString();
    }

    private Page signedIn(String user) {
        Page page = Browsers.open(visitors.base(), Look.DESK);
        page.navigate("/sign-in");
        page.fill("input[name=user]", user);
        page.fill("input[name=password]", GivenSchool.PASSWORD);
        page.locator("form:has(input[name=password]) button[type=submit]").first().click();
        page.waitForURL(url -> !url.contains("/sign-in"));
        return page;
    }

    private static void looksRight(Page page) {
        assertThat(Browsers.axe(page)).isEmpty();
        assertThat(Browsers.tooWide(page)).isEmpty();
    }
}
