package afterbell.base.identity.factor;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param since null: none stands yet
 * @param codes recovery codes that are left
 */
public record OwnFactorPage(@Nullable Instant since, int codes, List<Refusal> refusals) {
    public OwnFactorPage {
        refusals = List.copyOf(refusals);
    }
}
