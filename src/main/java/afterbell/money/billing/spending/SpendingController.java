package afterbell.money.billing.spending;

import afterbell.base.rules.Clause;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.rules.Verdict;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.files.Files;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import afterbell.base.shared.yaml.YamlTree;
import afterbell.money.billing.Charges;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.PeopleCost;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed({Role.FINANCE, Role.PRINCIPAL, Role.OFFICE})
@Fresh
final class SpendingController {
    private static final List<Listing.Column> COLUMNS = List.of(
            Listing.Column.text("day", "billing.spending.day").unsorted(),
            Listing.Column.text("use", "billing.spending.use").unsorted(),
            Listing.Column.text("what", "billing.spending.what").unsorted(),
            Listing.Column.number("fen", "billing.spending.fen").unsorted(),
            Listing.Column.text("state", "billing.spending.state").unsorted());

    private final Spend spend;
    private final SpendingStore store;
    private final Ledger ledger;
    private final Charges charges;
    private final PeopleCost cost;
    private final Rules rules;
    private final Files files;
    private final TransactionTemplate transactions;
    private final Ids ids;

    SpendingController(Spend spend, SpendingStore store, Ledger ledger, Charges charges, PeopleCost cost, Rules rules, Files files, TransactionTemplate transactions, Ids ids) {
        this.spend = spend;
        this.store = store;
        this.ledger = ledger;
        this.charges = charges;
        this.cost = cost;
        this.rules = rules;
        this.files = files;
        this.transactions = transactions;
        this.ids = ids;
    }

    @GetMapping("/money/spending")
    ModelAndView all(Wearer me, HttpServletRequest request) {
        LocalDate today = spend.today();
        return read(() -> {
            UUID school = me.school();
            if (!charges.charges(school, today)) throw new NotFound();
            SpendingStore.Sums sums = store.sums(school);
            Listing list = Listing.of("/money/spending", request.getParameterMap(), COLUMNS, "").counted(sums.rows());
            List<SpendingPage.Row> rows = store.page(school, list.offset(), list.size()).stream().map(s -> new SpendingPage.Row(s.id(), s.day(), s.use(), s.payee(), s.what(), s.fen(), s.state(), s.backOf() != null)).toList();
            LocalDate from = LocalDate.of(today.getMonthValue() >= 8 ? today.getYear() : today.getYear() - 1, 8, 1);
            PeopleCost.Share share = cost.of(school, from, today);
            List<SpendingPage.Use> uses = share.uses().entrySet().stream().map(e -> new SpendingPage.Use(e.getKey(), e.getValue())).toList();
            return Pages.show(
                    "billing/spending/list",
                    new SpendingPage(list, rows, -ledger.balance(school, "service-fund"), sums.waiting(), uses, share.percent(), rules.value(school, today, Rule.PAY_PEOPLE_PERCENT), me.is(Role.FINANCE, Role.OFFICE)));
        });
    }

    @Allowed({Role.FINANCE, Role.OFFICE})
    @GetMapping("/money/spending/new")
    ModelAndView fresh(Wearer me) {
        return Pages.show("billing/spending/fresh", form(me, Map.of("day", spend.today().toString(), "source", "bank"), List.of()));
    }

    @Allowed({Role.FINANCE, Role.OFFICE})
    @PostMapping("/money/spending")
    ModelAndView enter(Wearer me, @RequestParam MultiValueMap<String, String> form, @RequestParam(required = false) @Nullable List<MultipartFile> voucher, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        return switch (spend.enter(me, typed, voucher == null ? List.of() : voucher, typed.key(ids))) {
            case Outcome.Done<UUID>(UUID id) -> Pages.done("/money/spending/" + id, redirect, "billing.spending.flash.entered");
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("billing/spending/fresh", form(me, typed(typed), no));
        };
    }

    private static Map<String, String> typed(Typed typed) {
        Map<String, String> all = new HashMap<>();
        typed.values().keySet().forEach(k -> all.put(k, typed.text(k)));
        return all;
    }

    private NewSpendingPage form(Wearer me, Map<String, String> typed, List<Refusal> no) {
        LocalDate today = spend.today();
        List<NewSpendingPage.Forbidden> forbidden = Spend.uses().stream()
                .filter(u -> spend.verdict(me.school(), today, u) instanceof Verdict.Refused)
                .map(u -> {
                    Clause c = ((Verdict.Refused) spend.verdict(me.school(), today, u)).clause();
                    return new NewSpendingPage.Forbidden(YamlTree.spelled(u), c.text().zh(), c.text().en(), c.instead().zh(), c.instead().en());
                })
                .toList();
        return new NewSpendingPage(Spend.uses().stream().map(YamlTree::spelled).toList(), forbidden, typed, rules.value(me.school(), today, Rule.SPENDING_PRINCIPAL_YUAN), no);
    }

    @GetMapping("/money/spending/{id}")
    ModelAndView one(Wearer me, @PathVariable UUID id) {
        return Pages.show("billing/spending/one", page(me, id, List.of()));
    }

    private OneSpendingPage page(Wearer me, UUID id, List<Refusal> no) {
        return read(() -> {
            SpendingStore.Spent s = store.find(me.school(), id).orElseThrow(NotFound::new);
            Refusal why = spend.mayNot(me, s).orElse(null);
            boolean waits = s.state().equals("entered");
            List<OneSpendingPage.Picture> pictures = s.files().stream().map(f -> new OneSpendingPage.Picture("/money/spending/" + id + "/vouchers/" + f, s.pictures().contains(f))).toList();
            return new OneSpendingPage(
                    id, s.day(), s.use(), s.payee(), s.what(), s.source(), s.fen(), s.state(), s.backOf() != null, s.backOf(), s.takenBack(), s.enteredAt(), pictures, waits && why == null, waits ? why : null,
                    s.state().equals("approved") && s.backOf() == null && !s.takenBack() && me.is(Role.FINANCE, Role.OFFICE), -ledger.balance(me.school(), "service-fund"), no);
        });
    }

    @PostMapping("/money/spending/{id}/decision")
    ModelAndView decide(Wearer me, @PathVariable UUID id, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        boolean yes = typed.text("answer").equals("yes");
        return switch (spend.decide(me, id, yes, typed.key(ids))) {
            case Outcome.Done<UUID> done -> Pages.done("/money/spending/" + id, redirect, yes ? "billing.spending.flash.approved" : "billing.spending.flash.refused");
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("billing/spending/one", page(me, id, no));
        };
    }

    @Allowed({Role.FINANCE, Role.OFFICE})
    @PostMapping("/money/spending/{id}/return")
    ModelAndView takeBack(Wearer me, @PathVariable UUID id, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        return switch (spend.takeBack(me, id, new Typed(form).key(ids))) {
            case Outcome.Done<UUID>(UUID back) -> Pages.done("/money/spending/" + back, redirect, "billing.spending.flash.back");
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("billing/spending/one", page(me, id, no));
        };
    }

    @GetMapping("/money/spending/{id}/vouchers/{file}")
    void voucher(Wearer me, @PathVariable UUID id, @PathVariable UUID file, HttpServletResponse response) {
        SpendingStore.Spent s = read(() -> store.find(me.school(), id).orElseThrow(NotFound::new));
        if (!s.files().contains(file)) throw new NotFound();
        files.send(me.school(), file, response);
    }

    private <T> T read(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }
}
