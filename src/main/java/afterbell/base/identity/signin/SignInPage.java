package afterbell.base.identity.signin;

import afterbell.base.identity.DemoAccounts;
import afterbell.base.identity.Partners;
import afterbell.base.shared.Refusal;
import java.util.List;

/**
 * @param user what was typed as phone or user name
 * @param phone whether codes can be sent to phones
 * @param passkeys whether they can work under this address; the browser decides the rest
 * @param partners other houses whose sign-in is taken
 * @param cards demo mode: one card per role, otherwise empty
 */
public record SignInPage(String user, String back, boolean phone, boolean passkeys, List<Partners.Named> partners, List<Said> refusals, List<DemoAccounts.Card> cards) {

    /** A refusal as the page says it. */
    public record Said(String key, String field, Object[] facts) {
        static Said of(Refusal refusal) {
            return new Said(refusal.messageKey(), refusal.field(), refusal.facts().toArray());
        }
    }
}
