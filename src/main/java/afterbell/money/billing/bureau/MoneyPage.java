package afterbell.money.billing.bureau;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * Money of all schools of a bureau since the beginning of the school year.
 *
 * @param months sums over all schools, oldest first
 * @param schools those that need help first
 * @param silent schools without any money here
 */
public record MoneyPage(Sum sum, List<MonthSum> months, List<Row> schools, int silent, LocalDate from) {
    public record Sum(long charged, long collected, long refunded, long unmatched, long owed, int peoplePercent) {}

    public record MonthSum(LocalDate month, long collected, long spent) {}

    /** @param flags unmatched, people, refunded, owed: where the school stands apart or below what the rules ask */
    public record Row(UUID id, String name, String code, Sum sum, List<String> flags) {}
}
