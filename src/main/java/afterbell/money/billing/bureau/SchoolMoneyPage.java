package afterbell.money.billing.bureau;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** One school's months, the newest first. */
public record SchoolMoneyPage(UUID id, String name, String code, List<Row> months) {
    public record Row(LocalDate month, long charged, long collected, long refunded, long spent, int peoplePercent, long unmatched, long owed) {}
}
