package afterbell.money.billing.bureau;

import afterbell.money.billing.LastMonth;
import java.time.YearMonth;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The bureau of a made world sees its sums at once, not when the hour has passed. */
@Component
@Order(5)
class LastFigures implements LastMonth {
    private final Figures figures;

    LastFigures(Figures figures) {
        this.figures = figures;
    }

    @Override
    public void make(UUID school, YearMonth month, UnaryOperator<String> words) {
        figures.make(school);
    }
}
