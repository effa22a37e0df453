package afterbell.money.billing.spending;

import afterbell.base.rules.Choices.FeeUse;
import afterbell.money.billing.LastMonth;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Two approved spendings of the last month and one that waits. */
@Component
@Order(2)
class LastMonthsSpending implements LastMonth {
    private final Spend spend;
    private final SpendingStore store;

    LastMonthsSpending(Spend spend, SpendingStore store) {
        this.spend = spend;
        this.store = store;
    }

    @Override
    public void make(UUID school, YearMonth month, UnaryOperator<String> words) {
        for (FeeUse use : List.of(FeeUse.TEACHING_AIDS, FeeUse.VENUE_MAINTENANCE)) {
            String key = use == FeeUse.TEACHING_AIDS ? "aids" : "venue";
            UUID id = spend.add(school, use, use == FeeUse.TEACHING_AIDS ? 1_286_00 : 940_00, month.atDay(20), "bank", words.apply("spending." + key + ".payee"), words.apply("spending." + key + ".what"), null, List.of(), Set.of(), null);
            spend.decided(school, store.find(school, id).orElseThrow(), true, null);
        }
        spend.add(school, FeeUse.EQUIPMENT_MAINTENANCE, 2_350_00, spend.today(), "bank", words.apply("spending.repair.payee"), words.apply("spending.repair.what"), null, List.of(), Set.of(), null);
    }
}
