package afterbell.day.safety.registers;

import afterbell.base.audit.Audit;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.print.Pdf;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.web.Pages;
import afterbell.day.safety.Ledger;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Registers for those who answer for them. The supervision group checks, and changes nothing. */
@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
final class RegisterController {
    private static final int DAYS = 30;
    private static final int MOST_DAYS = 400;
    private static final int SHOWN = 300;

    private final ReadRegister read;
    private final Ledger ledger;
    private final Schools schools;
    private final Pdf pdf;
    private final Audit audit;
    private final MessageSource messages;
    private final TransactionTemplate transactions;

    RegisterController(ReadRegister read, Ledger ledger, Schools schools, Pdf pdf, Audit audit, MessageSource messages, TransactionTemplate transactions) {
        this.read = read;
        this.ledger = ledger;
        this.schools = schools;
        this.pdf = pdf;
        this.audit = audit;
        this.messages = messages;
        this.transactions = transactions;
    }

    @GetMapping("/safety/registers/{register}")
    ModelAndView register(Wearer me, @PathVariable String register, @RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String until, Locale locale) {
        RegisterPage whole = page(me, register, from, until, locale);
        int cut = Math.max(0, whole.rows().size() - SHOWN);
        return Pages.show("safety/registers/register", new RegisterPage(whole.register(), whole.from(), whole.until(), whole.rows().subList(cut, whole.rows().size()).reversed(), cut));
    }

    private RegisterPage page(Wearer me, String code, String from, String until, Locale locale) {
        Register register = Register.of(code).orElseThrow(NotFound::new);
        LocalDate today = ledger.today();
        LocalDate last = day(until, today);
        LocalDate first = day(from, last.minusDays(DAYS));
        if (first.isAfter(last)) first = last;
        if (ChronoUnit.DAYS.between(first, last) > MOST_DAYS) first = last.minusDays(MOST_DAYS);
        return new RegisterPage(register, first, last, read.rows(me.school(), register, first, last, locale), 0);
    }

    private static LocalDate day(String typed, LocalDate otherwise) {
        try {
            LocalDate day = LocalDate.parse(typed);
            return day.getYear() < 2000 || day.getYear() > 2200 ? otherwise : day;
        } catch (java.time.DateTimeException e) {
            return otherwise;
        }
    }

    @GetMapping("/safety/registers/{register}.xlsx")
    void xlsx(Wearer me, @PathVariable String register, @RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String until, Locale locale, HttpServletResponse response) throws IOException {
        RegisterPage page = page(me, register, from, until, locale);
        taken(me, page, "xlsx");
        response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + page.register().code() + "-" + page.from() + "-" + page.until() + ".xlsx\"");
        try (SheetOut book = new SheetOut(response.getOutputStream())) {
            List<SheetOut.Column> columns = page.register().columns().stream().map(c -> SheetOut.Column.wrapped(say("safety.column." + c, locale), c.equals("note") || c.equals("what") || c.equals("findings") || c.equals("settled") ? 40 : 18)).toList();
            SheetOut.Tab tab = book.tab(say("safety.register." + page.register().code(), locale), columns);
            for (List<String> row : page.rows()) {
                @Nullable Object[] cells = row.toArray();
                tab.row(cells);
            }
        }
    }

    @GetMapping("/safety/registers/{register}.pdf")
    void pdf(Wearer me, @PathVariable String register, @RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String until, Locale locale, HttpServletResponse response) throws IOException {
        RegisterPage page = page(me, register, from, until, locale);
        taken(me, page, "pdf");
        response.setContentType("application/pdf");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", "inline; filename=\"" + page.register().code() + "-" + page.from() + "-" + page.until() + ".pdf\"");
        pdf.write("safety/registers/paper", page, locale, schools.get(me.school()).name(), response.getOutputStream());
    }

    private void taken(Wearer me, RegisterPage page, String as) {
        transactions.executeWithoutResult(
                t -> audit.record(me.school(), "safety.register_taken", "register", null, Map.of("register", page.register().code(), "rows", page.rows().size(), "as", as)));
    }

    private String say(String key, Locale locale) {
        return java.util.Objects.requireNonNull(messages.getMessage(key, null, key, locale));
    }
}
