package afterbell.app.demo;

import afterbell.base.shared.text.DataFile;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.Charges;
import afterbell.money.billing.LastMonth;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Where the demo school's money went: some spending of the last month and its published sheet. A school that does not charge has none of it. */
@Component
@Order(112)
@ConditionalOnProperty("afterbell.demo")
final class SpendingChapter implements DemoChapter {
    private final List<LastMonth> parts;
    private final Charges charges;
    private final Clock clock;
    private final TransactionTemplate transactions;

    SpendingChapter(List<LastMonth> parts, Charges charges, Clock clock, TransactionTemplate transactions) {
        this.parts = parts;
        this.charges = charges;
        this.clock = clock;
        this.transactions = transactions;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        DataFile words = DataFile.load("demo/spending.yaml");
        transactions.executeWithoutResult(t -> {
            if (!charges.charges(school, today)) return;
            for (LastMonth part : parts) part.make(school, YearMonth.from(today).minusMonths(1), words::text);
        });
    }
}
