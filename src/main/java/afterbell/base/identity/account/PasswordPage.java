package afterbell.base.identity.account;

import afterbell.base.shared.Refusal;
import java.util.List;

/**
 * @param user as typed or as kept
 * @param fresh no password stands yet
 * @param asks the present password has to be typed too
 */
public record PasswordPage(String user, boolean fresh, boolean asks, boolean phone, List<Refusal> refusals) {
    public PasswordPage {
        refusals = List.copyOf(refusals);
    }
}
