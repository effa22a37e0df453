package afterbell.money.billing;

import java.net.URI;
import java.util.UUID;

/** A school's contracts with channels, for those who set up a school without its screens. Runs under the school's scope. */
public interface Contracts {
    /** Keeps a contract, sealed; answers the address at which the channel tells of payments. */
    URI put(UUID school, PayWay way, Channel.Merchant merchant, boolean on, UUID by);
}
