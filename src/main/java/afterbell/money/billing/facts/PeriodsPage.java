package afterbell.money.billing.facts;

import afterbell.money.billing.Periods.Period;
import java.time.LocalDate;
import java.util.List;

/**
 * Billing times of the school.
 *
 * @param locks whether this person locks
 * @param dueFen what all families together owe
 */
public record PeriodsPage(boolean locks, List<Row> rows, LocalDate today, long dueFen, boolean anyTariff) {
    public PeriodsPage {
        rows = List.copyOf(rows);
    }

    /**
     * @param state coming, running, ready (over and not locked), advance (may be asked beforehand), done
     */
    public record Row(Period period, String tariff, String state) {}
}
