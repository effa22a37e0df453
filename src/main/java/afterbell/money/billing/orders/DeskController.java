package afterbell.money.billing.orders;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.Listing.Column;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.OrderState;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.WaysToPay;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The desk of finance: what is due, the counter, money that fits nothing, and the ways to pay. Others of the leading group read. */
@Controller
@Allowed({Role.FINANCE, Role.PRINCIPAL, Role.OFFICE})
final class DeskController {
    private static final String CHILD = "billing/orders/child";
    private static final String STRANGE = "billing/orders/suspense";
    private static final String WAYS = "billing/orders/ways";
    private static final List<Column> COLUMNS = List.of(
            Column.text("class", "billing.desk.class"),
            Column.text("name", "billing.desk.child"),
            Column.number("due", "billing.desk.due"),
            Column.text("state", "billing.desk.order").unsorted(),
            Column.number("paid", "billing.desk.paid"));

    private final PayStore store;
    private final TakeMoney take;
    private final WaysToPay ways;
    private final PrintReceipt print;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    DeskController(PayStore store, TakeMoney take, WaysToPay ways, PrintReceipt print, TransactionTemplate transactions, Ids ids, Clock clock) {
        this.store = store;
        this.take = take;
        this.ways = ways;
        this.print = print;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    @GetMapping("/payments")
    ModelAndView desk(Wearer me, HttpServletRequest request) {
        Listing asked = Listing.of("/payments", request.getParameterMap(), COLUMNS, "class");
        DeskPage page = Objects.requireNonNull(transactions.execute(t -> {
            Listing list = asked.counted(store.count(me.school(), asked, today()));
            return new DeskPage(list, store.lines(me.school(), list, today()), store.figures(me.school(), today().withDayOfMonth(1), today()), me.is(Role.FINANCE));
        }));
        return Pages.show("billing/orders/desk", page);
    }

    @GetMapping("/payments/children/{child}")
    ModelAndView child(Wearer me, @PathVariable UUID child) {
        return Pages.show(CHILD, childPage(me, child, new Typed(new LinkedMultiValueMap<>()), List.of()));
    }

    private ChildPage childPage(Wearer me, UUID child, Typed typed, List<? extends Refusal> no) {
        PayStore.Book book = Objects.requireNonNull(transactions.execute(t -> store.book(List.of(me.school()), List.of(child), today())));
        Shown.Named named = book.children().stream().findFirst().orElseThrow(NotFound::new);
        PayPage.Child shown = new PayPage.Child(
                child,
                named.name(),
                book.balances().getOrDefault(child, 0L),
                book.held().get(child),
                book.orders().stream().filter(o -> o.state() == OrderState.OPEN).findFirst().orElse(null),
                PayController.paid(book.money(), child, "/payments/receipts/"));
        return new ChildPage(named, shown, book.orders(), typed, today(), me.is(Role.FINANCE), no);
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/payments/children/{child}")
    ModelAndView take(Wearer me, @PathVariable UUID child, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        String back = "/payments/children/" + child;
        return switch (take.take(me, child, typed, typed.key(ids))) {
            case Outcome.Refused<String>(List<Refusal> no) -> Pages.refused(CHILD, childPage(me, child, typed, no));
            case Outcome.Done<String>(String label) -> label.isEmpty() ? Pages.done(back, redirect, "billing.pay.flash.bank") : Pages.done(back, redirect, "billing.pay.flash.receipt", label);
        };
    }

    @GetMapping("/payments/receipts/{year}/{number}.pdf")
    void receipt(Wearer me, @PathVariable int year, @PathVariable int number, Locale locale, HttpServletResponse response) {
        print.send(me.school(), null, year, number, locale, response);
    }

    @GetMapping("/payments/suspense")
    ModelAndView strange(Wearer me) {
        return Pages.show(STRANGE, strangePage(me, null, "", List.of()));
    }

    private StrangePage strangePage(Wearer me, @Nullable UUID at, String typed, List<? extends Refusal> no) {
        List<Shown.Strange> lines = Objects.requireNonNull(transactions.execute(t -> store.strange(me.school())));
        return new StrangePage(lines, me.is(Role.FINANCE), at, typed, no);
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/payments/suspense/{suspense}")
    ModelAndView place(Wearer me, @PathVariable UUID suspense, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        return switch (take.place(me, suspense, typed.id("child"), typed.text("child"))) {
            case Outcome.Refused<String>(List<Refusal> no) -> Pages.refused(STRANGE, strangePage(me, suspense, typed.text("child"), no));
            case Outcome.Done<String>(String name) -> Pages.done("/payments/suspense", redirect, "billing.suspense.flash", name);
        };
    }

    @GetMapping("/payments/ways")
    ModelAndView ways(Wearer me) {
        return Pages.show(WAYS, new WaysPage(shown(ways.of(me.school())), List.of()));
    }

    private static List<WaysToPay.Way> shown(List<WaysToPay.Way> all) {
        return all.stream().filter(w -> !w.way().online()).toList();
    }

    @Allowed(Role.FINANCE)
    @PostMapping("/payments/ways")
    ModelAndView setWays(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        return switch (take.ways(me, typed)) {
            case Outcome.Refused<Integer>(List<Refusal> no) -> {
                List<WaysToPay.Way> said = Arrays.stream(PayWay.values()).map(w -> new WaysToPay.Way(w, typed.yes("on" + w), typed.text("how" + w))).toList();
                yield Pages.refused(WAYS, new WaysPage(shown(said), no));
            }
            case Outcome.Done<Integer>(Integer on) -> Pages.done("/payments/ways", redirect, "billing.ways.flash", on);
        };
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
