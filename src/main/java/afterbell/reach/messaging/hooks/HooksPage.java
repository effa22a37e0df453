package afterbell.reach.messaging.hooks;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** @param secret of the one just made, shown this once; or empty */
public record HooksPage(List<Hook> hooks, String secret, String typedName, String typedAddress, List<? extends Refusal> refusals) {

    /** @param address host alone: the path may be a secret of the other side */
    public record Hook(UUID id, String name, String address, Instant madeAt, int sent, int waiting, int failed) {}
}
