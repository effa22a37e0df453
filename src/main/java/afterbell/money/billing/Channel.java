package afterbell.money.billing;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One payment channel of the phone, whatever its protocol. Asks over the network, outside any transaction, and verifies what it hears: an answer whose
 * signature is wrong is no answer.
 */
public interface Channel {

    PayWay way();

    /**
     * A school's contract with the channel.
     *
     * @param app id of the application
     * @param merchant number of the merchant
     * @param serial of the merchant's certificate; empty where the channel has none
     * @param privateKey the merchant's, PKCS #8 in PEM or base64
     * @param platformId id of the channel's public key; empty where the channel has none
     * @param platformKey the channel's public key
     * @param secret symmetric key for what the channel encrypts; empty where it doesn't
     */
    record Merchant(String app, String merchant, String serial, String privateKey, String platformId, String platformKey, String secret) {}

    /** @param title what the payer reads; no name of a child */
    record Wanted(String number, long fen, String title, Instant expiresAt, URI notifications) {}

    /** What the channel knows of an order. */
    sealed interface Seen {
        /** @param reference the channel's number of the payment */
        record Paid(String reference, long fen, Instant at) implements Seen {}

        record Waiting() implements Seen {}

        /** Closed, or never made: no money can come for it. */
        record Closed() implements Seen {}

        /** No answer, or one that can't be believed. */
        record NoAnswer() implements Seen {}
    }

    /** A payment as the channel tells it by itself, verified. */
    record Told(String reference, String number, long fen, Instant at) {}

    /**
     * A line of the channel's daily bill; {@code fen} below zero where money went back.
     *
     * @param reference the channel's number of the payment, of that which it comes from where money went back
     * @param number of the order, or of the refund
     * @param feeFen what it cost; below zero where a fee came back
     */
    record BillLine(String reference, String number, long fen, long feeFen, Instant at) {}

    /** The notification is not from the channel, too old, or about another merchant: nothing follows from it. */
    final class Unverified extends Exception {
        private static final long serialVersionUID = 1;

        public Unverified(String why) {
            super(why, null, false, false);
        }
    }

    /** The text of the code that the payer scans or opens; empty where there was no answer. Asking again under one number gives a code for the same order. */
    String open(Merchant merchant, Wanted wanted);

    Seen query(Merchant merchant, String number);

    /** True where no money can come for it any more. */
    boolean close(Merchant merchant, String number);

    BackToPayer.Answer refund(Merchant merchant, BackToPayer.Wanted wanted);

    /** What the channel booked on a day. @throws Unverified where the bill is not whole */
    List<BillLine> bill(Merchant merchant, LocalDate day) throws Unverified;

    /** Reads a notification. Other events than a payment that has come are empty. @param fields of a form; @param body the raw text of anything else */
    List<Told> read(Merchant merchant, Map<String, String> headers, Map<String, String> fields, String body, Instant now) throws Unverified;

    /** What the channel wants to hear where its notification was kept. */
    String thanks();

    /** Daily bills, for those who compare. Asks over the network, outside any transaction. */
    interface Bills {
        /** Whether the school has a contract with the channel. */
        boolean has(UUID school, PayWay way);

        /** Empty where no whole bill is to be had. */
        Optional<List<BillLine>> of(UUID school, PayWay way, LocalDate day);
    }
}
