package afterbell.money.billing.reconciling;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One file beside orders and ledger.
 *
 * @param groups differences by kind, open ones first
 * @param more differences that are not shown
 * @param elsewhere files of the same days whose differences are still open
 */
public record StatementPage(
        UUID id, String zh, String en, LocalDate from, LocalDate until, int lines, long filePaid, long back, long fee, int payments, long paid, long booked, List<Group> groups, int open, int more, List<Elsewhere> elsewhere, boolean closes, List<? extends Refusal> refusals) {
    public record Group(String kind, List<String> causes, int open, long fen, List<Row> rows) {}

    /** @param cause empty while open; who: child or payer; words: what the file says of the payer */
    public record Row(UUID id, @Nullable Integer ordinal, @Nullable Instant at, String reference, String order, @Nullable Long here, @Nullable Long there, String cause, String child, String words) {}

    public record Elsewhere(UUID id, LocalDate from, LocalDate until, int open) {}

    public String href() {
        return "/money/reconciling/" + id;
    }

    public boolean agrees() {
        return open == 0;
    }
}
