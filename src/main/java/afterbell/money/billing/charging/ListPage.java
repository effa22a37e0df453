package afterbell.money.billing.charging;

import afterbell.base.shared.web.Listing;
import afterbell.money.billing.Periods.Period;
import java.util.List;
import java.util.UUID;

/** Children of a period with what it cost them. @param totalFen of all rows that the filters show */
public record ListPage(Period period, Listing list, List<Row> rows, long totalFen) {
    public ListPage {
        rows = List.copyOf(rows);
    }

    /**
     * @param fen of this period's charges, {@code balanceFen} of the whole account; above zero is due
     * @param planned days, {@code attended} those that the child came to
     */
    public record Row(UUID pupil, String className, String name, int planned, int attended, long fen, long balanceFen) {
        public String state() {
            return balanceFen > 0 ? "due" : balanceFen < 0 ? "credit" : "settled";
        }
    }
}
