package afterbell.money.billing.facts;

import afterbell.base.shared.Refusal;
import afterbell.money.billing.PeriodFacts.Preview;
import afterbell.money.billing.Periods.Period;
import afterbell.money.billing.reckoning.DayMark;
import afterbell.term.tariffs.quote.Quote;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One period before it is locked.
 *
 * @param mayAdvance whether money may be asked beforehand
 * @param maySettle whether what happened may be locked now
 * @param unlawful the rule that forbids what the tariff asks
 */
public record PeriodPage(
        boolean locks, Preview preview, String tariff, LocalDate today, boolean mayAdvance, boolean maySettle, List<Refusal> refusals, Quote.@Nullable Refused unlawful) {
    /** Most doubtful days on the page; the rest count as missed unless the rolls are put right. */
    public static final int MOST = 200;

    public PeriodPage {
        refusals = List.copyOf(refusals);
    }

    public Period period() {
        return preview.period();
    }

    public List<DayMark> marks() {
        return List.of(DayMark.values()).stream().filter(m -> preview.days(m) > 0).toList();
    }

    public long open() {
        return preview.doubts().stream().filter(d -> d.ruled() == null).count();
    }

    public String href() {
        return "/charges/" + period().id();
    }
}
