package afterbell.money.billing.charging;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.sheet.SheetOut.Column;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.Pages;
import afterbell.money.billing.Periods;
import afterbell.money.billing.Periods.Period;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** The list of a period, on screen and as a spreadsheet of exactly what is seen. */
@Controller
@Allowed({Role.FINANCE, Role.PRINCIPAL, Role.OFFICE})
final class ListController {
    private static final int MOST = 20_000;
    private static final MediaType XLSX = MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private static final List<Listing.Column> COLUMNS = List.of(
            Listing.Column.text("name", "billing.list.name"),
            Listing.Column.text("class", "billing.list.class"),
            Listing.Column.number("attended", "billing.list.attended"),
            Listing.Column.number("fen", "billing.list.fen"),
            Listing.Column.number("balance", "billing.list.balance"));

    private final ListStore store;
    private final Periods periods;
    private final Roster roster;
    private final MessageSource messages;
    private final TransactionTemplate transactions;

    ListController(ListStore store, Periods periods, Roster roster, MessageSource messages, TransactionTemplate transactions) {
        this.store = store;
        this.periods = periods;
        this.roster = roster;
        this.messages = messages;
        this.transactions = transactions;
    }

    private record Seen(Period period, Listing list, List<ListStore.Found> rows) {}

    @GetMapping("/charges/{period}/list")
    ModelAndView list(Wearer me, @PathVariable UUID period, HttpServletRequest request) {
        Seen seen = seen(me, period, request, false);
        List<ListPage.Row> rows = seen.rows().stream().map(f -> new ListPage.Row(f.pupil(), f.className(), f.name(), f.planned(), f.attended(), f.fen(), f.balanceFen())).toList();
        return Pages.show("billing/charging/list", new ListPage(seen.period(), seen.list(), rows, seen.rows().isEmpty() ? 0 : seen.rows().getFirst().totalFen()));
    }

    @GetMapping("/charges/{period}/list.xlsx")
    ResponseEntity<byte[]> sheet(Wearer me, @PathVariable UUID period, HttpServletRequest request, Locale locale) {
        Seen seen = seen(me, period, request, true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SheetOut book = new SheetOut(out)) {
            List<Column> columns = new ArrayList<>();
            for (Listing.Column column : seen.list().columns())
                if (seen.list().shows(column.key())) columns.add(column.key().equals("fen") || column.key().equals("balance") ? Column.fen(word(column.labelKey(), locale)) : column.number() ? Column.number(word(column.labelKey(), locale)) : Column.text(word(column.labelKey(), locale), 14));
            SheetOut.Tab tab = book.tab(seen.period().from() + " - " + seen.period().until(), columns);
            for (ListStore.Found f : seen.rows()) {
                List<Object> row = new ArrayList<>();
                if (seen.list().shows("name")) row.add(f.name());
                if (seen.list().shows("class")) row.add(f.className());
                if (seen.list().shows("attended")) row.add(f.attended());
                if (seen.list().shows("fen")) row.add(f.fen());
                if (seen.list().shows("balance")) row.add(f.balanceFen());
                tab.row(row.toArray());
            }
        }
        return ResponseEntity.ok().contentType(XLSX).header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"charges-" + seen.period().from() + ".xlsx\"").body(out.toByteArray());
    }

    private Seen seen(Wearer me, UUID id, HttpServletRequest request, boolean all) {
        return Objects.requireNonNull(transactions.execute(t -> {
            Period period = periods.get(me.school(), id);
            Listing list = Listing.of("/charges/" + id + "/list", request.getParameterMap(), COLUMNS, "class");
            UUID @Nullable [] among = list.filter("q").isEmpty() ? null : roster.search(me.school(), list.filter("q"), MOST).stream().map(Pupil::id).toArray(UUID[]::new);
            List<ListStore.Found> rows = store.find(me.school(), id, list, among, all ? 0 : list.offset(), all ? MOST : list.size());
            // A page beyond the end shows the first one.
            if (rows.isEmpty() && list.page() > 1) rows = store.find(me.school(), id, list, among, 0, list.size());
            return new Seen(period, list.counted(rows.isEmpty() ? 0 : rows.getFirst().total()), rows);
        }));
    }

    private String word(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }
}
