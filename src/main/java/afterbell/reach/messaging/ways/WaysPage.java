package afterbell.reach.messaging.ways;

import afterbell.base.shared.Refusal;
import java.util.List;

/**
 * How a person wants to hear.
 *
 * @param mail what stands now
 * @param sms what stands now
 * @param mailOffered this node can send mail
 * @param smsOffered this node can send short messages
 * @param typedMail what was typed and refused, or empty
 */
public record WaysPage(Way mail, Way sms, boolean mailOffered, boolean smsOffered, boolean standIn, String typedMail, String typedPhone, List<? extends Refusal> refusals) {
    public List<? extends Refusal> refusals(String field) {
        return refusals.stream().filter(r -> r.field().equals(field)).toList();
    }

    /**
     * One way.
     *
     * @param shown the address with its middle hidden, or empty where there is none
     * @param fault why nothing arrives there any more, or empty
     */
    public record Way(State state, String shown, String fault) {
        static final Way NONE = new Way(State.NONE, "", "");
    }

    public enum State {
        NONE,
        /** Waits for the link in the mail, or the code in the short message. */
        UNCONFIRMED,
        ON,
        OFF
    }
}
