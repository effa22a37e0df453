package afterbell.money.billing.platform;

import java.time.LocalDate;
import java.util.List;

/** What a platform's file says, read and found whole. */
record Result(List<Row> rows) {
    Result {
        rows = List.copyOf(rows);
    }

    /**
     * One row.
     *
     * @param number as a spreadsheet shows it
     * @param order our number of the order, or empty
     * @param payCode the platform's, or empty
     * @param paid false where the row only tells the code of an order that waits
     * @param serial by which the platform knows the payment
     */
    record Row(int number, String order, String payCode, boolean paid, long fen, LocalDate day, String serial, String eReceipt) {}

    long fen() {
        return rows.stream().filter(Row::paid).mapToLong(Row::fen).sum();
    }
}
