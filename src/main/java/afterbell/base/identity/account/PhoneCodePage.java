package afterbell.base.identity.account;

import afterbell.base.shared.Refusal;
import java.util.List;

/** @param phone masked */
public record PhoneCodePage(String phone, List<Refusal> refusals) {
    public PhoneCodePage {
        refusals = List.copyOf(refusals);
    }
}
