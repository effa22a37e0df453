package afterbell.money.billing.orders;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.Charges;
import afterbell.money.billing.OrderState;
import afterbell.money.billing.Receipts;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** What a family owes and how it pays here. A school that doesn't charge has no such page (C7); a carer sees no money. */
@Controller
@Allowed(Role.GUARDIAN)
final class PayController {
    private final PayStore store;
    private final Charges charges;
    private final PrintReceipt print;
    private final TransactionTemplate transactions;
    private final Clock clock;

    PayController(PayStore store, Charges charges, PrintReceipt print, TransactionTemplate transactions, Clock clock) {
        this.store = store;
        this.charges = charges;
        this.print = print;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping("/pay")
    ModelAndView show(Wearer me) {
        PayPage page = Objects.requireNonNull(transactions.execute(t -> page(me)));
        return Pages.show("billing/orders/pay", page);
    }

    private PayPage page(Wearer me) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        List<UUID> children = me.children(Role.GUARDIAN);
        List<UUID> schools = children.stream().map(me::schoolOf).distinct().filter(s -> charges.charges(s, today)).toList();
        List<UUID> shown = children.stream().filter(c -> schools.contains(me.schoolOf(c))).toList();
        if (shown.isEmpty()) throw new NotFound();
        return pageOf(store.book(schools, shown, today));
    }

    private static PayPage pageOf(PayStore.Book book) {
        List<PayPage.Child> children = book.children().stream()
                .map(c -> new PayPage.Child(
                        c.id(),
                        c.name(),
                        book.balances().getOrDefault(c.id(), 0L),
                        book.held().get(c.id()),
                        book.orders().stream().filter(o -> o.pupil().equals(c.id()) && o.state() == OrderState.OPEN).findFirst().orElse(null),
                        paid(book.money(), c.id(), "/pay/" + c.id() + "/receipts/")))
                .toList();
        return new PayPage(children, book.ways().stream().filter(w -> w.on()).toList(), List.of());
    }

    static List<PayPage.Paid> paid(Collection<PayStore.Money> money, UUID child, String receipts) {
        return money.stream()
                .filter(m -> m.pupil().equals(child))
                .map(m -> new PayPage.Paid(m.way(), m.fen(), m.at(), m.number() == 0 ? "" : Receipts.label(m.year(), m.number()), m.number() == 0 ? "" : receipts + m.year() + "/" + m.number() + ".pdf", m.fen() < 0 ? "" : m.eReceipt(), m.fen() < 0 && !m.eReceipt().equals("DONE")))
                .toList();
    }

    @GetMapping("/pay/{child}/receipts/{year}/{number}.pdf")
    void receipt(Wearer me, @PathVariable UUID child, @PathVariable int year, @PathVariable int number, Locale locale, HttpServletResponse response) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        print.send(me.schoolOf(child), child, year, number, locale, response);
    }
}
