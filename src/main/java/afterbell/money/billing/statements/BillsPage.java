package afterbell.money.billing.statements;

import afterbell.base.roster.Pupil;
import java.util.List;

/** Children of a family with what is due; above zero is to be paid. */
public record BillsPage(List<Row> rows) {
    public BillsPage {
        rows = List.copyOf(rows);
    }

    public record Row(Pupil child, long balanceFen) {}
}
