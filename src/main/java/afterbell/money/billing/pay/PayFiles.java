package afterbell.money.billing.pay;

import afterbell.base.audit.Audit;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.print.Pdf;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.sheet.SheetOut.Column;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.AccountPlan;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What leaves the house: the payroll as .xlsx, the sheet to sign as PDF, vouchers for the accounting package. Each taking is recorded. */
@Controller
@Allowed({Role.FINANCE, Role.PRINCIPAL})
@Fresh
final class PayFiles {
    private final PayMonths months;
    private final AccountPlan plan = AccountPlan.shipped();
    private final JdbcClient sql;
    private final Schools schools;
    private final Pdf pdf;
    private final Offscreen offscreen;
    private final Audit audit;
    private final TransactionTemplate transactions;

    PayFiles(PayMonths months, JdbcClient sql, Schools schools, Pdf pdf, Offscreen offscreen, Audit audit, TransactionTemplate transactions) {
        this.months = months;
        this.sql = sql;
        this.schools = schools;
        this.pdf = pdf;
        this.offscreen = offscreen;
        this.audit = audit;
        this.transactions = transactions;
    }

    @GetMapping("/money/pay/{month}.xlsx")
    void payroll(Wearer me, @PathVariable String month, Locale locale, HttpServletResponse response) throws IOException {
        PayMonths.Whole whole = taken(me, month, "payroll");
        Screen words = offscreen.screen(locale, "");
        head(response, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "payroll-" + whole.month() + ".xlsx");
        try (SheetOut book = new SheetOut(response.getOutputStream())) {
            SheetOut.Tab sums = book.tab(
                    words.t("billing.wage.file.sums"),
                    List.of(Column.text(words.t("billing.wage.column.name"), 14), Column.number(words.t("billing.wage.column.sessions")), Column.number(words.t("billing.wage.column.turns")), Column.number(words.t("billing.wage.column.minutes")), Column.fen(words.t("billing.wage.column.fixed")), Column.fen(words.t("billing.wage.column.other")), Column.number(words.t("billing.wage.column.banked")), Column.fen(words.t("billing.wage.column.fen"))));
            for (PayMonths.Person p : whole.people()) {
                long sessions = p.slip().lines().stream().filter(l -> l.held().work().byPeriod()).count();
                sums.row(p.name(), sessions, p.slip().lines().size() - sessions, p.slip().minutes(), p.slip().fixed(), p.other(), p.banked(), p.fen());
            }
            sums.row(words.t("billing.wage.total"), null, null, null, null, null, null, whole.total());
            SheetOut.Tab lines = book.tab(
                    words.t("billing.wage.file.lines"),
                    List.of(Column.text(words.t("billing.wage.column.name"), 14), Column.date(words.t("billing.wage.column.day")), Column.text(words.t("billing.wage.column.work"), 12), Column.text(words.t("billing.wage.column.what"), 20), Column.number(words.t("billing.wage.column.minutes")), Column.text(words.t("billing.wage.column.stood"), 8), Column.fen(words.t("billing.wage.column.rate")), Column.number(words.t("billing.wage.column.percent")), Column.fen(words.t("billing.wage.column.fen"))));
            for (PayMonths.Person p : whole.people())
                for (Payroll.Line l : p.slip().lines())
                    lines.row(p.name(), l.held().day(), words.t("billing.wage.work." + l.held().work().code()), l.held().what(), l.held().minutes(), l.held().stood() ? words.t("billing.wage.stood") : "", l.rate(), l.percent(), l.fen());
        }
    }

    @GetMapping("/money/pay/{month}.pdf")
    void sheet(Wearer me, @PathVariable String month, Locale locale, HttpServletResponse response) throws IOException {
        PayMonths.Whole whole = taken(me, month, "sheet");
        List<PayrollPage.Row> rows = whole.people().stream()
                .map(p -> {
                    int sessions = (int) p.slip().lines().stream().filter(l -> l.held().work().byPeriod()).count();
                    return new PayrollPage.Row(p.staff(), p.name(), sessions, p.slip().lines().size() - sessions, p.slip().minutes(), p.slip().fixed(), p.other(), p.asHours(), p.banked(), p.fen());
                })
                .toList();
        String state = whole.state() == null ? "open" : whole.state().state();
        PayrollPage page = new PayrollPage(whole.month(), state, null, whole.total(), 0, rows, List.of(), 0, true, List.of(), "", false, false, "", List.of());
        String school = schools.get(me.school()).name();
        head(response, "application/pdf", "pay-" + whole.month() + ".pdf");
        response.setHeader("Content-Disposition", "inline; filename=\"pay-" + whole.month() + ".pdf\"");
        pdf.write("billing/pay/paper", page, locale, school, response.getOutputStream());
    }

    private record Voucher(LocalDate day, String document, String memo, String account, String channel, long fen) {}

    /** Entries of a month as an accounting package reads them: lines of one account and side of a voucher are added up, no child is named. */
    @GetMapping("/money/vouchers/{month}.xlsx")
    void vouchers(Wearer me, @PathVariable String month, Locale locale, HttpServletResponse response) throws IOException {
        YearMonth of = SetScheme.month(month).orElseThrow(NotFound::new);
        record(me, of, "vouchers");
        List<Voucher> all = java.util.Objects.requireNonNull(transactions.execute(t -> sql.sql("""
                select e.day, e.document, e.memo, p.account, coalesce(p.channel, '') as channel, sum(p.fen) as fen
                from billing.pub_entry e join billing.pub_posting p using (school_id, entry_id)
                where e.school_id = :s and e.day between :from and :until
                group by e.day, e.document, e.memo, p.account, coalesce(p.channel, ''), p.fen > 0
                order by e.day, min(e.seq) nulls last, min(e.at), fen desc, p.account
                """)
                .param("s", me.school())
                .param("from", of.atDay(1))
                .param("until", of.atEndOfMonth())
                .query(Voucher.class)
                .list()));
        Screen words = offscreen.screen(locale, "");
        boolean zh = locale.getLanguage().equals("zh");
        head(response, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "vouchers-" + of + ".xlsx");
        try (SheetOut book = new SheetOut(response.getOutputStream())) {
            SheetOut.Tab tab = book.tab(
                    of.toString(),
                    List.of(Column.date(words.t("billing.voucher.day")), Column.text(words.t("billing.voucher.kind"), 8), Column.number(words.t("billing.voucher.number")), Column.text(words.t("billing.voucher.words"), 30), Column.text(words.t("billing.voucher.code"), 14), Column.text(words.t("billing.voucher.account"), 26), Column.fen(words.t("billing.voucher.debit")), Column.fen(words.t("billing.voucher.credit"))));
            int number = 0;
            String before = "";
            for (Voucher v : all) {
                String group = v.day() + v.document() + v.memo();
                if (!group.equals(before)) number++;
                before = group;
                AccountPlan.Account account = plan.account(v.account());
                String key = "billing.voucher.of." + v.document().toLowerCase(Locale.ROOT);
                tab.row(v.day(), words.t("billing.voucher.kind.general"), number, words.t(key), account.chart(), zh ? account.name().zh() : account.name().en(), v.fen() > 0 ? v.fen() : null, v.fen() < 0 ? -v.fen() : null);
            }
        }
    }

    private PayMonths.Whole taken(Wearer me, String month, String what) {
        PayMonths.Whole whole = months.whole(me.school(), SetScheme.month(month).orElseThrow(NotFound::new));
        record(me, whole.month(), what);
        return whole;
    }

    private void record(Wearer me, YearMonth month, String what) {
        transactions.executeWithoutResult(t -> audit.record(me.school(), "billing.pay_file_taken", "month", null, Map.of("month", month.toString(), "file", what)));
    }

    private static void head(HttpServletResponse response, String type, String name) {
        response.setContentType(type);
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }
}
