package afterbell.money.billing.orders;

import afterbell.base.shared.Refusal;
import afterbell.money.billing.WaysToPay;
import java.util.List;

/** The ways to pay of a school, those of the phone apart: they need the school's merchant settings. */
public record WaysPage(List<WaysToPay.Way> ways, List<? extends Refusal> refusals) {}
