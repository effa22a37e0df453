package afterbell.money.billing.reconciling;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.sheet.SheetOut.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Req("P4")
class ReadStatementTest {
    @TempDir
    Path folder;

    private Outcome<Statement> read(String layout, String text, Charset charset) throws IOException {
        Path file = folder.resolve("bill.csv");
        Files.write(file, text.getBytes(charset));
        return read(layout, file);
    }

    private static Outcome<Statement> read(String layout, Path file) {
        return ReadStatement.read(StatementLayout.shipped().stream().filter(l -> l.code().equals(layout)).findFirst().orElseThrow(), file, file.getFileName().toString());
    }

    private static Statement done(Outcome<Statement> outcome) {
        if (outcome instanceof Outcome.Done<Statement>(Statement st)) return st;
        throw new AssertionError(outcome);
    }

    private static String refused(Outcome<Statement> outcome) {
        if (outcome instanceof Outcome.Refused<Statement>(List<Refusal> no)) return no.getFirst().messageKey();
        throw new AssertionError(outcome);
    }

    static String wechat(String total) {
        return """
                交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易状态,应结订单金额,退款金额,手续费
                `2026-10-13 16:05:11,`wx1,`m1,`4200001,`A202610130001,`SUCCESS,`130.00,`0.00,`0.78000
                `2026-10-13 16:07:30,`wx1,`m1,`4200002,`A202610130002,`SUCCESS,`65.5,`0.00,`0.39000
                `2026-10-13 17:00:00,`wx1,`m1,`4200003,`A202610120009,`REFUND,`0.00,`20.00,`-0.12000
                `2026-10-13 17:01:00,`wx1,`m1,`4200004,`A202610130003,`REVOKED,`9.00,`0.00,`0.00
                总交易单数,应结订单总金额,退款总金额
                `4,`%s,`20.00
                """.formatted(total);
    }

    @Test
    void a_bill_of_wechat_with_its_accents_its_refunds_and_its_total() throws IOException {
        Statement st = done(read("wechat", wechat("195.50"), StandardCharsets.UTF_8));
        assertThat(st.rows()).extracting(Statement.Row::fen).containsExactly(13000L, 6550L, 2000L);
        assertThat(st.rows()).extracting(Statement.Row::paid).containsExactly(true, true, false);
        assertThat(st.paid()).isEqualTo(19550);
        assertThat(st.fee()).isEqualTo(117);
        assertThat(st.rows().getFirst().order()).isEqualTo("A202610130001");
        assertThat(st.from()).isEqualTo(LocalDate.of(2026, 10, 13));
    }

    @Test
    void a_wrong_total_and_a_missing_one_are_refused() throws IOException {
        assertThat(refused(read("wechat", wechat("195.51"), StandardCharsets.UTF_8))).isEqualTo("billing.reconcile.refused.total");
        assertThat(refused(read("wechat", wechat("195.50").substring(0, wechat("195.50").indexOf("总交易单数")), StandardCharsets.UTF_8))).isEqualTo("billing.reconcile.refused.no_total");
    }

    @Test
    void alipays_lines_of_comment_are_passed_over() throws IOException {
        Statement st = done(read("alipay", """
                #支付宝业务明细查询
                #起始日期：[2026年10月13日 00:00:00]
                #-----------------------------------------业务明细列表----------------------------------------
                支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,订单金额（元）,服务费（元）
                2026101322001	,B0001	,交易    ,课后服务,2026-10-13 16:00:00,2026-10-13 16:00:09,50.00,-0.30
                2026101322002	,B0002	,退款    ,课后服务,2026-10-13 16:10:00,2026-10-13 16:10:09,-12.00,0.00
                #-----------------------------------------业务明细列表结束------------------------------------
                #交易合计：1笔，商家实收共50.00元
                """, Charset.forName("GB18030")));
        assertThat(st.rows()).extracting(Statement.Row::paid, Statement.Row::fen).containsExactly(org.assertj.core.groups.Tuple.tuple(true, 5000L), org.assertj.core.groups.Tuple.tuple(false, 1200L));
        assertThat(st.fee()).as("written below zero, and a cost all the same").isEqualTo(30);
    }

    @Test
    void a_fee_that_comes_back_with_a_refund_costs_nothing_and_the_refund_has_a_number_of_its_own() throws IOException {
        Statement alipay = done(read("alipay", """
                支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,退款批次号/请求号,服务费（元）
                2026101322001	,B0001	,交易    ,2026-10-13 16:00:09,50.00,,-0.30
                2026101322001	,B0001	,退款    ,2026-10-13 16:10:09,-12.00,R20261013A,0.07
                """, Charset.forName("GB18030")));
        assertThat(alipay.fee()).isEqualTo(30);
        assertThat(alipay.rows()).extracting(Statement.Row::order).containsExactly("B0001", "R20261013A");
        Statement wechat = done(read("wechat", """
                交易时间,微信订单号,商户订单号,商户退款单号,交易状态,应结订单金额,退款金额,手续费
                `2026-10-13 16:05:11,`4200001,`A1,`0,`SUCCESS,`130.00,`0.00,`0.78
                `2026-10-13 16:06:11,`4200002,`A2,`0,`SUCCESS,`0.00,`0.00,`0.00
                `2026-10-13 17:00:00,`4200001,`A1,`R1,`REFUND,`0.00,`20.00,`-0.12
                总交易单数,应结订单总金额
                `3,`130.00
                """, StandardCharsets.UTF_8));
        assertThat(wechat.rows()).as("without the one that a coupon paid wholly").extracting(Statement.Row::order).containsExactly("A1", "R1");
        assertThat(wechat.fee()).isEqualTo(78);
    }

    @Test
    void a_banks_workbook_keeps_its_titles_above_and_its_total_below() throws IOException {
        Path file = folder.resolve("bank.xlsx");
        try (OutputStream out = Files.newOutputStream(file); SheetOut book = new SheetOut(out)) {
            SheetOut.Tab tab = book.tab("流水", "账户 1234 对账单", List.of(Column.text("交易日期", 12), Column.text("流水号", 12), Column.fen("收入金额"), Column.fen("支出金额"), Column.text("对方户名", 12), Column.text("附言", 12)));
            tab.row("2026-10-14", "L1", 13000L, null, "李某", "A202610130001");
            tab.row("2026-10-14", "L2", null, 30050L, "文具店", "");
            tab.row("合计", null, 13000L, 30050L);
        }
        Statement st = done(read("bank-two-columns", file));
        assertThat(st.rows()).hasSize(2);
        assertThat(st.paid()).isEqualTo(13000);
        assertThat(st.back()).isEqualTo(30050);
        assertThat(st.rows().getFirst().words()).isEqualTo("李某");
    }

    @Test
    void a_bank_with_marks_of_debit_and_credit() throws IOException {
        Statement st = done(read("bank-signed", "记账日期,流水号,借贷标志,发生额,摘要\n20261014,L1,贷,\"1,300.00\",课后服务费\n20261014,L2,借,5.00,手续费\n", StandardCharsets.UTF_8));
        assertThat(st.paid()).isEqualTo(130000);
        assertThat(st.back()).isEqualTo(500);
    }

    @Test
    void fractions_of_a_fen_huge_and_negative_amounts_and_unreadable_days_are_refused_with_their_row() throws IOException {
        String head = "缴费时间,平台流水号,订单号,实缴金额,状态\n";
        for (String row : List.of("2026-10-13,P1,O1,1.005,已缴费", "2026-10-13,P1,O1,-5.00,已缴费", "2026-10-13,P1,O1,99999999999.00,已缴费", "2026-10-13,P1,O1,0.00,已缴费", "2026-10-13,P1,O1,abc,已缴费"))
            assertThat(refused(read("fee-platform", head + row + "\n合计,,,1.00,\n", StandardCharsets.UTF_8))).as(row).isEqualTo("billing.reconcile.refused.amount");
        assertThat(refused(read("fee-platform", head + "2026-13-40,P1,O1,1.00,已缴费\n合计,,,1.00,\n", StandardCharsets.UTF_8))).isEqualTo("billing.reconcile.refused.at");
        assertThat(refused(read("fee-platform", head + "2026-10-13,,O1,1.00,已缴费\n合计,,,1.00,\n", StandardCharsets.UTF_8))).isEqualTo("billing.reconcile.refused.reference");
        assertThat(refused(read("fee-platform", head + "合计,,,0.00,\n", StandardCharsets.UTF_8))).isEqualTo("billing.reconcile.refused.empty");
        assertThat(refused(read("fee-platform", "a,b\n1,2\n", StandardCharsets.UTF_8))).isEqualTo("billing.reconcile.refused.heads");
        assertThat(refused(read("fee-platform", "%PDF-1.4", StandardCharsets.UTF_8))).startsWith("sheet.");
    }
}
