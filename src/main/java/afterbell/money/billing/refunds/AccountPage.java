package afterbell.money.billing.refunds;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Typed;
import java.util.List;
import java.util.UUID;

/**
 * Where a family wants money back by bank: said by the family, or by finance for it.
 *
 * @param tail last four digits of what is known, or empty
 * @param entered whether what is known was entered by finance
 * @param desk whether finance says it, from a paper or a call
 */
public record AccountPage(UUID child, String name, String tail, boolean entered, boolean desk, Typed typed, List<? extends Refusal> refusals) {
    public String action() {
        return desk ? "/refunds/children/" + child + "/account" : "/pay/" + child + "/account";
    }
}
