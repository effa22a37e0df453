package afterbell.money.billing.bureau;

import afterbell.base.audit.Audit;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.sheet.CsvOut;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.sheet.SheetOut.Column;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Orders, payments and refunds for a supervisor's system: the columns are fixed words in English, amounts in yuan, no name of anybody; a child is its id here.
 * Each taking is recorded.
 */
@Controller
@Allowed({Role.FINANCE, Role.PRINCIPAL})
@Fresh
final class ExportController {
    private static final Map<String, String> LISTS = Map.of(
            "orders",
            """
            select o.number as order_number, o.pupil_id::text as pupil, o.fen as yuan, lower(o.state) as state, to_char(o.opened_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as opened_on
            from billing.pub_pay_order o where o.school_id = :s order by o.opened_at, o.number
            """,
            "payments",
            """
            select y.reference, coalesce(o.number, '') as order_number, y.pupil_id::text as pupil, lower(y.way) as way, y.fen as yuan, y.returned_fen as returned_yuan, to_char(y.day, 'YYYY-MM-DD') as paid_on
            from billing.pub_payment y left join billing.pub_pay_order o on o.school_id = y.school_id and o.pay_order_id = y.pay_order_id where y.school_id = :s order by y.day, y.reference
            """,
            "refunds",
            """
            select r.number, r.pupil_id::text as pupil, lower(r.way) as way, lower(r.destination) as destination, r.fen as yuan, lower(r.state) as state, to_char(r.ordered_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as ordered_on
            from billing.pub_refund r where r.school_id = :s order by r.ordered_at, r.refund_id
            """);

    private final JdbcClient sql;
    private final Audit audit;
    private final TransactionTemplate transactions;

    ExportController(JdbcClient sql, Audit audit, TransactionTemplate transactions) {
        this.sql = sql;
        this.audit = audit;
        this.transactions = transactions;
    }

    private record Table(List<String> heads, List<List<@Nullable Object>> rows) {}

    private Table table(Wearer me, String list, String as) {
        String query = LISTS.get(list);
        if (query == null) throw new NotFound();
        return Objects.requireNonNull(transactions.execute(t -> {
            Table table = Objects.requireNonNull(sql.sql(query).param("s", me.school()).query(ExportController::all));
            audit.record(me.school(), "billing.export_taken", "school", me.school(), Map.of("list", list, "as", as, "rows", table.rows().size()));
            return table;
        }));
    }

    /** The heads stand there without any row too: a program that reads an empty list must know it as one. */
    private static Table all(ResultSet r) throws SQLException {
        List<String> heads = new ArrayList<>();
        for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) heads.add(r.getMetaData().getColumnLabel(i));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (r.next()) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int i = 1; i <= heads.size(); i++) row.add(heads.get(i - 1).endsWith("yuan") ? r.getLong(i) : r.getString(i));
            rows.add(row);
        }
        return new Table(heads, rows);
    }

    @GetMapping("/money/exports/{list}.csv")
    void csv(Wearer me, @PathVariable String list, HttpServletResponse response) throws IOException {
        Table table = table(me, list, "csv");
        head(response, "text/csv; charset=UTF-8", list + ".csv");
        Writer out = new java.io.OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        CsvOut csv = CsvOut.forPrograms(out);
        csv.row(table.heads());
        for (List<@Nullable Object> row : table.rows()) csv.row(row.stream().map(v -> v instanceof Long fen ? BigDecimal.valueOf(fen, 2).toPlainString() : v == null ? "" : v.toString()).toList());
        out.flush();
    }

    @GetMapping("/money/exports/{list}.xlsx")
    void xlsx(Wearer me, @PathVariable String list, HttpServletResponse response) throws IOException {
        Table table = table(me, list, "xlsx");
        head(response, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", list + ".xlsx");
        try (SheetOut book = new SheetOut(response.getOutputStream())) {
            SheetOut.Tab tab = book.tab(list, table.heads().stream().map(h -> h.endsWith("yuan") ? Column.fen(h) : Column.text(h, 22)).toList());
            for (List<@Nullable Object> row : table.rows()) {
                @Nullable Object[] cells = row.toArray();
                tab.row(cells);
            }
        }
    }

    private static void head(HttpServletResponse response, String type, String name) {
        response.setContentType(type);
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }
}
