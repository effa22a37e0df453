package afterbell.money.billing.publishing;

import afterbell.money.billing.LastMonth;
import java.time.YearMonth;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The last month is published. */
@Component
@Order(3)
class LastMonthsSheet implements LastMonth {
    private final Publications publications;

    LastMonthsSheet(Publications publications) {
        this.publications = publications;
    }

    @Override
    public void make(UUID school, YearMonth month, UnaryOperator<String> words) {
        publications.put(school, publications.preview(school, "month", month.atDay(1)), null, null);
    }
}
