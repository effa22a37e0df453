package afterbell.money.billing.orders;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.PayOrder;
import java.time.LocalDate;
import java.util.List;

/**
 * One child's money at the desk, with the form that takes some.
 *
 * @param typed the form as typed; empty at first
 * @param takes may take money
 */
public record ChildPage(Shown.Named child, PayPage.Child book, List<PayOrder> orders, Typed typed, LocalDate today, boolean takes, List<? extends Refusal> refusals) {
    /** The amount to begin with: what is due, in yuan. */
    public String amount() {
        return typed.has("amount") ? typed.text("amount") : book.due() == 0 ? "" : java.math.BigDecimal.valueOf(book.due(), 2).toPlainString();
    }
}
