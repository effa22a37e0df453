package afterbell.money.billing.refunds;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.Refunds.How;
import java.util.List;

/**
 * Gives one child's credit back.
 *
 * @param entered whether the account was entered by finance
 * @param how what the tariff says of money that is too much
 * @param bound from which amount on a second person is asked, in fen
 */
public record NewRefundPage(RefundsPage.Credit credit, String tail, boolean entered, How how, long bound, Typed typed, List<? extends Refusal> refusals) {
    public String amount() {
        return typed.has("amount") ? typed.text("amount") : java.math.BigDecimal.valueOf(credit.fen(), 2).toPlainString();
    }
}
