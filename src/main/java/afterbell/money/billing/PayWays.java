package afterbell.money.billing;

import java.util.List;
import java.util.UUID;

/** Ways to pay what is due, shown below a statement; each part of the room that takes money answers for its own. Runs under the family's scope. */
public interface PayWays {

    /**
     * @param href where the way begins
     * @param labelKey message key of its button
     * @param main whether it is the usual one
     */
    record Way(String href, String labelKey, boolean main) {}

    List<Way> ways(UUID school, UUID pupil, long dueFen);
}
