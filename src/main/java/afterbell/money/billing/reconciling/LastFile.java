package afterbell.money.billing.reconciling;

import afterbell.money.billing.LastMonth;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The platform's list of the last day that brought money: one payment is not on it, and one on it is unknown here. */
@Component
@Order(4)
class LastFile implements LastMonth {
    private static final String STRANGER = "YQ0000000009";
    private static final long STRANGE_FEN = 54_00;

    private final Reconcile reconcile;
    private final StatementStore store;

    LastFile(Reconcile reconcile, StatementStore store) {
        this.reconcile = reconcile;
        this.store = store;
    }

    @Override
    public void make(UUID school, YearMonth month, UnaryOperator<String> words) {
        StatementLayout layout = reconcile.layouts().stream().filter(l -> l.code().equals("fee-platform")).findFirst().orElseThrow();
        LocalDate day = reconcile.today().minusDays(1);
        List<Statement.Row> came = store.came(school, layout.way().name(), day);
        if (came.size() < 2) return;
        List<Statement.Row> rows = new ArrayList<>(came.subList(0, came.size() - 1));
        Instant at = rows.getLast().at();
        rows.add(new Statement.Row(rows.size() + 1, true, at, STRANGER, "", STRANGE_FEN, 0, ""));
        reconcile.put(school, new Statement(layout, id(school, day), rows, day, day, rows.stream().mapToLong(Statement.Row::fen).sum(), 0, 0), null);
    }

    /** In the place of a file's hash: nobody can bring these bytes. */
    private static String id(UUID school, LocalDate day) {
        return "%016x%016x%032x".formatted(school.getMostSignificantBits(), school.getLeastSignificantBits(), day.toEpochDay());
    }
}
