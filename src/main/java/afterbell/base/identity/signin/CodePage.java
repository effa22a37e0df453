package afterbell.base.identity.signin;

import afterbell.base.shared.Refusal;
import java.util.List;

/**
 * @param phone masked
 * @param link a link was asked for, and there is nothing to type
 */
public record CodePage(String phone, boolean link, List<Refusal> refusals) {
    public CodePage {
        refusals = List.copyOf(refusals);
    }
}
