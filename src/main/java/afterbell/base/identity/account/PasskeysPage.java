package afterbell.base.identity.account;

import afterbell.base.identity.Passkeys;
import afterbell.base.shared.Refusal;
import java.util.List;

/**
 * @param offered whether passkeys work under this address
 * @param asks the present password has to be typed too
 */
public record PasskeysPage(List<Passkeys.Passkey> passkeys, boolean offered, String label, boolean asks, List<Refusal> refusals) {
    public PasskeysPage {
        passkeys = List.copyOf(passkeys);
        refusals = List.copyOf(refusals);
    }
}
