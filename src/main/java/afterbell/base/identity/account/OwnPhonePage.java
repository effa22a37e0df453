package afterbell.base.identity.account;

import afterbell.base.shared.Refusal;
import java.util.List;

/**
 * @param kept masked, or empty
 * @param ready whether messages leave this house at all
 * @param asks the present password has to be typed too
 */
public record OwnPhonePage(String kept, boolean proved, String phone, boolean ready, boolean asks, List<Refusal> refusals) {
    public OwnPhonePage {
        refusals = List.copyOf(refusals);
    }
}
