package afterbell.money.billing.refunds;

import afterbell.base.shared.Refusal;
import java.util.List;

/** One batch and how far it has come. @param decides this person may say yes or no */
public record BatchPage(RefundsPage.Batch batch, List<RefundsPage.Line> lines, boolean decides, boolean own, List<? extends Refusal> refusals) {}
