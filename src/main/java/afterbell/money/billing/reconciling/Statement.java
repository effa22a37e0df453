package afterbell.money.billing.reconciling;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A file that was read and added up.
 *
 * @param from first day of a row; until: the last one
 */
record Statement(StatementLayout layout, String sha256, List<Row> rows, LocalDate from, LocalDate until, long paid, long back, long fee) {

    /**
     * @param paid whether the money came in; else it went out
     * @param order what the payer or the channel wrote as the order's number, or the refund's where money went out; may be empty
     * @param words payer and remark, to be sealed; may be empty
     */
    record Row(int ordinal, boolean paid, Instant at, String reference, String order, long fen, long fee, String words) {}
}
