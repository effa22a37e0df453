package afterbell.money.billing;

import java.util.UUID;

/** Sends money back through the channel that brought it. The channel knows a refund by its number, so asking twice under one number is asking once. */
public interface BackToPayer {

    /** What the channel says. */
    enum Answer {
        DONE,
        /** Taken, not finished: ask again later under the same number. */
        UNDER_WAY,
        /** It will not, for example because the account is closed: another way must be found. */
        REFUSED,
        /** Nobody knows: ask again under the same number. */
        NO_ANSWER
    }

    /**
     * A refund to be sent.
     *
     * @param order number of the order that was paid
     * @param paidFen what was paid in all
     */
    record Wanted(PayWay way, String order, String number, long fen, long paidFen) {}

    /** Whether the school has a contract with any channel; without one nothing is sent. */
    boolean serves(UUID school);

    /** Asks outside any transaction. */
    Answer send(UUID school, Wanted wanted);
}
