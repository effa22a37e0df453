package afterbell.money.billing.orders;

import afterbell.base.shared.Refusal;
import afterbell.money.billing.OnShow;
import afterbell.money.billing.PayOrder;
import afterbell.money.billing.WaysToPay;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a family owes, how it may pay here, and what it has paid.
 *
 * @param ways those that are switched on
 */
public record PayPage(List<Child> children, List<WaysToPay.Way> ways, List<? extends Refusal> refusals) {

    /**
     * @param balance in fen: above zero due, below zero credit
     * @param held what of it is on show and may not be asked for yet, or null
     * @param open the order that asks for it, where one was made
     */
    public record Child(UUID id, String name, long balance, OnShow.@Nullable Held held, @Nullable PayOrder open, List<Paid> paid) {
        public long due() {
            return Math.max(0, balance) - onShow();
        }

        public long onShow() {
            return held == null ? 0 : Math.min(held.fen(), Math.max(0, balance));
        }

        public long credit() {
            return Math.max(0, -balance);
        }
    }

    /**
     * Money that came in, or went back (fen below zero).
     *
     * @param receipt as on the paper, or empty
     * @param receiptHref its address, or empty
     * @param eReceipt number of the platform's electronic receipt, or empty
     * @param going on its way back, not there yet
     */
    public record Paid(String way, long fen, Instant at, String receipt, String receiptHref, String eReceipt, boolean going) {}

    public boolean settled() {
        return children.stream().allMatch(c -> c.due() == 0);
    }

    public boolean online() {
        return ways.stream().anyMatch(w -> w.way().online());
    }
}
