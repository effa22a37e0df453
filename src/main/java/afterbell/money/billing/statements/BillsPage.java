package afterbell.money.billing.statements;

import afterbell.base.roster.Pupil;
import java.util.List;

/** Children of a family with what is due; above zero is to be paid. */
public record BillsPage(List<Row> rows) {
    public BillsPage {
        rows = List.copyOf(rows);
    }

    /** @param onShow something more is charged and may be looked at before it is asked for */
    public record Row(Pupil child, long dueFen, boolean onShow) {}
}
