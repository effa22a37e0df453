package afterbell.money.billing;

import java.util.Set;

/** Where a payment order stands. The table keeps the same list of steps, so that no race can take another one. */
public enum OrderState {
    /** To be paid. */
    OPEN,
    PAID,
    /** Ran out or was overtaken by another amount. Money that still comes for it counts. */
    EXPIRED,
    /** Paid, and something is on its way back. */
    REFUND_DUE,
    /** Something was paid back and nothing is on its way; how much stands with the payment. */
    REFUNDED;

    /** States that may follow. */
    public Set<OrderState> next() {
        return switch (this) {
            case OPEN -> Set.of(PAID, EXPIRED);
            case PAID -> Set.of(REFUND_DUE);
            case EXPIRED -> Set.of(PAID);
            case REFUND_DUE -> Set.of(PAID, REFUNDED);
            case REFUNDED -> Set.of(REFUND_DUE);
        };
    }

    /** Money for the order counts as its payment. */
    public boolean takesMoney() {
        return next().contains(PAID) && this != REFUND_DUE;
    }
}
