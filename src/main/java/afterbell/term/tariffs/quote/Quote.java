package afterbell.term.tariffs.quote;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tariff makes of a pupil's facts. Always {@code paid = charged + refunded + carried}; a negative {@code carried} is still to be paid.
 *
 * @param refusal why nothing may be charged; then the lines are empty
 */
public record Quote(
        List<Line> lines, long chargedFen, long refundedFen, long carriedFen, Tariff.Destination destination, @Nullable Refused refusal) {

    public Quote {
        lines = List.copyOf(lines);
    }

    /**
     * @param quantity of units; negative where something comes off
     * @param unit for example {@code month}, {@code period-day}
     * @param amountFen rounded as the tariff says
     * @param clause of the tariff or of the rule that made this line
     */
    public record Line(LocalDate from, LocalDate until, BigDecimal quantity, String unit, long unitPriceFen, long amountFen, String clause) {}

    /**
     * @param rule key of the rule
     * @param clause its words and where they stand
     * @param instead the legal way; may be empty
     */
    public record Refused(String rule, String clause, String instead) {}

    static Quote refused(Tariff tariff, Refused refusal) {
        return new Quote(List.of(), 0, 0, 0, tariff.refundTo(), refusal);
    }
}
