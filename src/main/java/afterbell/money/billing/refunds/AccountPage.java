package afterbell.money.billing.refunds;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Typed;
import java.util.List;
import java.util.UUID;

/** Where a family wants money back by bank. @param tail last four digits of what is known, or empty */
public record AccountPage(UUID child, String name, String tail, Typed typed, List<? extends Refusal> refusals) {}
