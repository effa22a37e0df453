package afterbell.base.identity.tablet;

import afterbell.base.shared.Refusal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands on the tablet.
 *
 * @param gate how the office calls it; empty while nobody knows it
 * @param guards who may take it over
 * @param chosen whose digits are asked for, or null
 */
public record TabletPage(String gate, List<Name> guards, @Nullable Name chosen, List<? extends Refusal> refusals) {
    public record Name(UUID account, String name) {}
}
