package afterbell.money.billing.reconciling;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * Files that were brought, and days that still lack one.
 *
 * @param brings whether the reader may bring a file; exports: may take the lists for a supervisor's system
 */
public record ReconcilePage(List<File> files, List<Missing> missing, List<Layout> layouts, String layout, boolean brings, boolean exports, List<? extends Refusal> refusals) {
    public record File(UUID id, String zh, String en, LocalDate from, LocalDate until, int lines, long paid, int differing, int open, Instant at) {}

    /** @param fetched whether the channel can be asked for it */
    public record Missing(String way, LocalDate day, long fen, boolean fetched) {}

    public record Layout(String code, String zh, String en) {}
}
