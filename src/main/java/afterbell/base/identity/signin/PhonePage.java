package afterbell.base.identity.signin;

import afterbell.base.shared.Refusal;
import java.util.List;

/** @param ready whether messages leave this house at all */
public record PhonePage(String phone, String back, boolean ready, List<Refusal> refusals) {
    public PhonePage {
        refusals = List.copyOf(refusals);
    }
}
