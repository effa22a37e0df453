package afterbell.money.billing.platform;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.OrderState;
import afterbell.money.billing.PayOrder;
import afterbell.testing.GivenPayments;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
@Req("R117")
class PlatformIT {
    @Autowired GivenSchool given;
    @Autowired GivenPayments bill;
    @Autowired Visitor.Maker visitors;
    @Autowired JdbcClient sql;
    @Autowired Ids ids;
    @Autowired Clock clock;

    UUID school = new UUID(0, 0);
    List<UUID> pupils = List.of();
    Visitor finance;

    @BeforeEach
    void three_children_that_owe_something() {
        school = given.school();
        pupils = bill.pupils(school, 3);
        bill.charge(school, pupils, 36_000);
        finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        finance.get("/payments/platform");
    }

    private String today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE).toString();
    }

    private HttpResponse<String> bring(String layout, String name, byte[] bytes) {
        return finance.postFiles("/payments/platform/files", Map.of("layout", layout), "file", Map.of(name, bytes));
    }

    private byte[] bank(String... rows) {
        return ("缴费编号,交易金额,交易日期,银行流水号\r\n" + String.join("\r\n", rows)).getBytes(Charset.forName("GB18030"));
    }

    private String place(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<String> book(String file) {
        Matcher seen = Pattern.compile("name=\"seen\" value=\"([0-9a-f]+)\"").matcher(finance.get(file).body());
        assertThat(seen.find()).isTrue();
        return finance.post(file, Map.of("seen", seen.group(1)));
    }

    @Test
    void a_list_goes_out_with_an_order_for_each_child_and_the_same_key_makes_one_list() {
        String key = ids.next().toString();
        assertThat(finance.post("/payments/platform/lists", Map.of("layout", "collecting-bank", "_key", key)).statusCode()).isEqualTo(303);
        assertThat(finance.post("/payments/platform/lists", Map.of("layout", "collecting-bank", "_key", key)).statusCode()).isEqualTo(303);
        assertThat(bill.count(school, "platform_list", Map.of())).isEqualTo(1);
        assertThat(bill.count(school, "pay_order", Map.of("state", "OPEN"))).isEqualTo(3);
        UUID list = given.in(school, () -> sql.sql("select platform_list_id from billing.platform_list where school_id = :s").param("s", school).query(UUID.class).single());
        HttpResponse<String> file = finance.get("/payments/platform/lists/" + list);
        assertThat(file.statusCode()).isEqualTo(200);
        PayOrder order = bill.order(school, pupils.getFirst());
        assertThat(file.body()).contains(order.number()).contains("360.00");
        assertThat(file.headers().firstValue("Content-Disposition").orElse("")).contains(".csv");
    }

    @Test
    void a_result_is_seen_before_it_is_booked_and_the_same_file_twice_changes_nothing() {
        PayOrder first = bill.order(school, pupils.get(0));
        PayOrder second = bill.order(school, pupils.get(1));
        byte[] file = bank(first.number() + ",360.00," + today() + ",B1", second.number() + ",350.00," + today() + ",B2", "20260101AAAAAAAAAA,5.00," + today() + ",B3", "合计,715.00,,");
        String place = place(bring("collecting-bank", "b.csv", file));
        assertThat(bill.count(school, "payment", Map.of())).as("looking books nothing").isZero();
        assertThat(finance.get(place).body()).contains("金额不符").contains("没有这张单");
        assertThat(book(place).statusCode()).isEqualTo(303);
        assertThat(bill.state(school, first)).isEqualTo(OrderState.PAID);
        assertThat(bill.state(school, second)).isEqualTo(OrderState.OPEN);
        assertThat(bill.account(school, "in-transit")).isEqualTo(71_500);
        assertThat(bill.account(school, "suspense")).isEqualTo(-35_500);

        assertThat(place(bring("collecting-bank", "again.csv", file))).isEqualTo(place);
        assertThat(finance.post(place, Map.of("seen", "0")).statusCode()).as("a second click").isEqualTo(303);
        assertThat(bill.account(school, "in-transit")).isEqualTo(71_500);
        // The next day's file holds one row of yesterday again.
        String next = place(bring("collecting-bank", "next.csv", bank(first.number() + ",360.00," + today() + ",B1", "合计,360.00,,")));
        assertThat(finance.get(next).body()).contains("以前记过");
        assertThat(book(next).statusCode()).isEqualTo(303);
        assertThat(bill.account(school, "in-transit")).isEqualTo(71_500);
    }

    @Test
    void a_file_with_a_fault_is_refused_as_a_whole_with_its_row() {
        String order = bill.order(school, pupils.getFirst()).number();
        String day = today();
        Map<String, byte[]> faults = Map.of(
                "第 2 行的金额", bank(order + ",-360.00," + day + ",B1", "合计,-360.00,,"),
                "第 3 行的金额", bank(order + ",360.00," + day + ",B1", order + ",3.605," + day + ",B2", "合计,363.60,,"),
                "合计写的是 361.00", bank(order + ",360.00," + day + ",B1", "合计,361.00,,"),
                "没有合计行", bank(order + ",360.00," + day + ",B1"),
                "出现了两次", bank(order + ",180.00," + day + ",B1", order + ",180.00," + day + ",B1", "合计,360.00,,"),
                "没有流水号", bank(order + ",360.00," + day + ",", "合计,360.00,,"),
                "第 2 行的日期", bank(order + ",360.00,2019-01-01,B1", "合计,360.00,,"),
                "在合计行之后", bank("合计,0.00,,", order + ",360.00," + day + ",B1"),
                "没有找到表头", "a,b,c\r\n1,2,3".getBytes(StandardCharsets.UTF_8),
                "金额", bank(order + ",99999999999.00," + day + ",B1", "合计,99999999999.00,,"));
        faults.forEach((words, file) -> {
            HttpResponse<String> answer = bring("collecting-bank", "b.csv", file);
            assertThat(answer.statusCode()).as(words).isEqualTo(422);
            assertThat(answer.body()).contains(words);
        });
        assertThat(bill.count(school, "platform_file", Map.of())).isZero();
        assertThat(bill.count(school, "payment", Map.of())).isZero();
    }

    @Test
    void a_workbook_brings_codes_and_e_receipts_which_the_family_then_reads() {
        PayOrder first = bill.order(school, pupils.get(0));
        PayOrder second = bill.order(school, pupils.get(1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SheetOut book = new SheetOut(out)) {
            SheetOut.Tab tab = book.tab("结果", "缴费结果", List.of(
                    SheetOut.Column.text("缴费单号", 20), SheetOut.Column.text("缴款识别码", 20), SheetOut.Column.fen("实缴金额(元)"), SheetOut.Column.text("缴费状态", 10), SheetOut.Column.date("缴费时间"), SheetOut.Column.text("交易流水号", 20), SheetOut.Column.text("电子票据号码", 20)));
            tab.row(first.number(), "37010126000000000011", 36_000, "已缴费", LocalDate.ofInstant(clock.instant(), Screen.ZONE), "S1", "E-0001");
            tab.row(second.number(), "37010126000000000012", 36_000, "未缴费", null, "", "");
        }
        String place = place(bring("county-fees", "r.xlsx", out.toByteArray()));
        assertThat(book(place).statusCode()).isEqualTo(303);
        assertThat(bill.state(school, first)).isEqualTo(OrderState.PAID);
        assertThat(visitors.signedIn(given.guardian(school, pupils.get(0))).get("/pay").body()).contains("E-0001");
        assertThat(visitors.signedIn(given.guardian(school, pupils.get(1))).get("/pay").body()).contains("37010126000000000012");
    }

    @Test
    void what_is_confirmed_is_what_was_seen() {
        PayOrder order = bill.order(school, pupils.getFirst());
        String place = place(bring("collecting-bank", "b.csv", bank(order.number() + ",360.00," + today() + ",B1", "合计,360.00,,")));
        String page = finance.get(place).body();
        bill.paid(school, pupils.getFirst(), 36_000);
        Matcher seen = Pattern.compile("name=\"seen\" value=\"([0-9a-f]+)\"").matcher(page);
        assertThat(seen.find()).isTrue();
        HttpResponse<String> answer = finance.post(place, Map.of("seen", seen.group(1)));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("重复缴费");
        assertThat(bill.account(school, "in-transit")).isZero();
    }

    @Test
    void a_file_that_is_no_file_is_a_refusal() {
        assertThat(bring("collecting-bank", "x.csv", new byte[0]).statusCode()).isEqualTo(422);
        assertThat(bring("collecting-bank", "x.pdf", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII)).statusCode()).isEqualTo(422);
        assertThat(bring("no-such-layout", "b.csv", bank("x")).statusCode()).isEqualTo(404);
    }
}
