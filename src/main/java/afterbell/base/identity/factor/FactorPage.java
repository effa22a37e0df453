package afterbell.base.identity.factor;

import afterbell.base.shared.Refusal;
import java.util.List;

/**
 * @param back where a right code leads
 * @param enrolled whether the person has an authenticator already; otherwise the picture and the secret are shown
 * @param qr drawing for the authenticator's camera, or empty
 * @param secret the same to type, in groups of four, or empty
 */
public record FactorPage(String back, boolean enrolled, String qr, String secret, List<Refusal> refusals) {
    public FactorPage {
        refusals = List.copyOf(refusals);
    }
}
