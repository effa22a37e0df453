package afterbell.money.billing.orders;

import afterbell.base.shared.web.Listing;
import java.util.List;

/** What is due and what came in, child by child. @param takes may take money, as against read */
public record DeskPage(Listing list, List<Shown.Line> lines, Shown.Figures figures, boolean takes) {}
