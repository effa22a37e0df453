package afterbell.money.billing;

/** What kind of paper stands behind an entry; its id names the one. */
public enum Document {
    /** A charge of a period. */
    CHARGE,
    /** A charge that takes back or adds to an earlier one. */
    ADJUSTMENT,
    PAYMENT,
    /** A channel has handed over what it collected. */
    SETTLEMENT,
    REFUND,
    SPENDING,
    PAY,
    /** Puts right what a person found wrong in the books. */
    CORRECTION
}
