package afterbell.day.dismissal.pickup;

import afterbell.day.dismissal.Passes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The code on a phone.
 *
 * @param listed whether whoever looks stands on the child's list with this account
 * @param code null until it was opened on a phone for the first time
 * @param seconds until the next one
 */
public record CodePage(UUID child, String name, boolean listed, Passes.@Nullable Code code, String qr, long seconds) {
    public String href() {
        return "/children/" + child + "/pick-up/code";
    }
}
