package afterbell.day.duty.workload;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.sheet.SheetOut.Column;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Workload per person and month, on screen and as .xlsx. */
@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL, Role.GRADE_HEAD, Role.DUTY_LEADER, Role.FINANCE})
final class WorkloadController {
    private static final List<String> KINDS = List.of("leader", "admin", "class", "session", "late", "gate", "patrol");
    private static final MediaType XLSX = MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final WorkloadStore store;
    private final MessageSource messages;
    private final TransactionTemplate transactions;
    private final Clock clock;

    WorkloadController(WorkloadStore store, MessageSource messages, TransactionTemplate transactions, Clock clock) {
        this.store = store;
        this.messages = messages;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping("/duty/workload")
    ModelAndView month(Wearer me, @RequestParam MultiValueMap<String, String> query) {
        YearMonth month = month(new Typed(query));
        List<WorkloadPage.Row> rows = loads(me, month).stream()
                .map(l -> new WorkloadPage.Row(l.name(), l.subject(), l.turns(), l.minutes(), l.stood(), l.given(), KINDS.stream().filter(k -> l.of(k) > 0).map(k -> new WorkloadPage.Count(k, l.of(k))).toList()))
                .toList();
        return Pages.show("duty/workload/page", new WorkloadPage(month, rows, me.is(Role.OFFICE, Role.PRINCIPAL, Role.GRADE_HEAD, Role.DUTY_LEADER)));
    }

    @GetMapping("/duty/workload.xlsx")
    ResponseEntity<byte[]> sheet(Wearer me, @RequestParam MultiValueMap<String, String> query, Locale locale) {
        YearMonth month = month(new Typed(query));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SheetOut book = new SheetOut(out)) {
            List<Column> columns = new ArrayList<>(List.of(Column.text(word("duty.workload.name", locale), 14), Column.text(word("duty.workload.subject", locale), 12), Column.number(word("duty.workload.turns", locale)), Column.number(word("duty.workload.minutes", locale))));
            KINDS.forEach(k -> columns.add(Column.number(word("duty.workload.kind." + k, locale))));
            columns.add(Column.number(word("duty.workload.stood", locale)));
            columns.add(Column.number(word("duty.workload.given", locale)));
            SheetOut.Tab tab = book.tab(month.toString(), columns);
            for (WorkloadStore.Load l : loads(me, month)) {
                List<Object> row = new ArrayList<>(List.of(l.name(), l.subject(), l.turns(), l.minutes()));
                KINDS.forEach(k -> row.add(l.of(k)));
                row.add(l.stood());
                row.add(l.given());
                tab.row(row.toArray());
            }
        }
        return ResponseEntity.ok().contentType(XLSX).header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"workload-" + month + ".xlsx\"").body(out.toByteArray());
    }

    private String word(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }

    private List<WorkloadStore.Load> loads(Wearer me, YearMonth month) {
        return transactions.execute(t -> store.month(me.school(), month.atDay(1), month.atEndOfMonth()));
    }

    private YearMonth month(Typed typed) {
        YearMonth now = YearMonth.from(LocalDate.ofInstant(clock.instant(), Screen.ZONE));
        try {
            YearMonth asked = typed.has("month") ? YearMonth.parse(typed.text("month")) : now;
            return asked.getYear() < 2000 || asked.getYear() > 2200 ? now : asked;
        } catch (DateTimeException e) {
            return now;
        }
    }
}
