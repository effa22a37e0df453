package afterbell.money.billing.reconciling;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.FileNames;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.Charges;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
final class ReconcileController {
    private static final int FILES = 40;
    private static final int SHOWN = 200;
    private static final int LOOK_BACK_DAYS = 31;

    private final Reconcile reconcile;
    private final FetchBill bills;
    private final StatementStore store;
    private final Charges charges;
    private final TransactionTemplate transactions;
    private final Ids ids;

    ReconcileController(Reconcile reconcile, FetchBill bills, StatementStore store, Charges charges, TransactionTemplate transactions, Ids ids) {
        this.reconcile = reconcile;
        this.bills = bills;
        this.store = store;
        this.charges = charges;
        this.transactions = transactions;
        this.ids = ids;
    }

    @GetMapping("/money/reconciling")
    ModelAndView all(Wearer me) {
        return Pages.show("billing/reconciling/all", page(me, "", List.of()));
    }

    private ReconcilePage page(Wearer me, String layout, List<Refusal> no) {
        LocalDate today = reconcile.today();
        Set<String> fetched = me.is(Role.FINANCE) ? Stream.of("WECHAT", "ALIPAY").filter(way -> bills.can(me.school(), way)).collect(Collectors.toSet()) : Set.of();
        return read(() -> {
            if (!charges.charges(me.school(), today)) throw new NotFound();
            Map<String, StatementLayout> layouts = layouts();
            List<StatementStore.Missing> missing = store.missing(me.school(), today.minusDays(LOOK_BACK_DAYS), today.minusDays(1));
            // The likeliest file is that of the newest day without one.
            String chosen = !layout.isEmpty() || missing.isEmpty() ? layout : layouts.values().stream().filter(l -> l.way().name().equals(missing.getFirst().way())).map(StatementLayout::code).min(Comparator.naturalOrder()).orElse("");
            return new ReconcilePage(
                    store.files(me.school(), FILES).stream()
                            .map(f -> {
                                StatementLayout l = layouts.get(f.layout());
                                return new ReconcilePage.File(f.id(), l == null ? f.layout() : l.name().zh(), l == null ? f.layout() : l.name().en(), f.from(), f.until(), f.lines(), f.paid(), f.differing(), f.open(), f.at());
                            })
                            .toList(),
                    missing.stream().map(m -> new ReconcilePage.Missing(m.way(), m.day(), m.fen(), fetched.contains(m.way()))).toList(),
                    reconcile.layouts().stream().map(l -> new ReconcilePage.Layout(l.code(), l.name().zh(), l.name().en())).toList(), chosen, me.is(Role.FINANCE), me.is(Role.FINANCE, Role.PRINCIPAL), no);
        });
    }

    private Map<String, StatementLayout> layouts() {
        return reconcile.layouts().stream().collect(Collectors.toMap(StatementLayout::code, l -> l));
    }

    @Allowed(Role.FINANCE)
    @PostMapping("/money/reconciling")
    ModelAndView take(Wearer me, @RequestParam MultiValueMap<String, String> form, @RequestParam(required = false) @Nullable MultipartFile file, RedirectAttributes redirect) throws IOException {
        String layout = new Typed(form).text("layout");
        if (file == null || file.isEmpty()) return Pages.refused("billing/reconciling/all", page(me, layout, List.of(new Refusal.Simple("billing.reconcile.refused.file", "file", List.of()))));
        Path copy = Files.createTempFile("afterbell-statement", "");
        try (InputStream in = file.getInputStream()) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return taken(me, reconcile.take(me, layout, copy, FileNames.of(file)), layout, redirect);
        } finally {
            delete(copy);
        }
    }

    /** Asks the channel itself for its bill of a day. */
    @Allowed(Role.FINANCE)
    @PostMapping("/money/reconciling/bills")
    ModelAndView fetch(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        return taken(me, bills.fetch(me, typed.text("way"), typed.date("day").orElseThrow(NotFound::new)), "", redirect);
    }

    private ModelAndView taken(Wearer me, Outcome<Reconcile.Taken> outcome, String layout, RedirectAttributes redirect) {
        return switch (outcome) {
            case Outcome.Done<Reconcile.Taken>(Reconcile.Taken t) ->
                t.again() ? Pages.done("/money/reconciling/" + t.file(), redirect, "billing.reconcile.flash.again") : Pages.done("/money/reconciling/" + t.file(), redirect, t.differences() == 0 ? t.asked() ? "billing.reconcile.flash.known" : "billing.reconcile.flash.agrees" : "billing.reconcile.flash.differs", t.differences());
            case Outcome.Refused<Reconcile.Taken>(List<Refusal> no) -> Pages.refused("billing/reconciling/all", page(me, layout, no));
        };
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GetMapping("/money/reconciling/{file}")
    ModelAndView one(Wearer me, @PathVariable UUID file) {
        return Pages.show("billing/reconciling/one", statement(me, file, List.of()));
    }

    private StatementPage statement(Wearer me, UUID id, List<Refusal> no) {
        return read(() -> {
            StatementStore.File f = store.file(me.school(), id).orElseThrow(NotFound::new);
            StatementStore.Sides sides = store.sides(me.school(), f.way(), f.from(), f.until());
            List<StatementStore.Difference> all = store.differences(me.school(), id, SHOWN);
            StatementLayout layout = layouts().get(f.layout());
            List<StatementPage.Group> groups = all.stream().collect(Collectors.groupingBy(StatementStore.Difference::kind)).entrySet().stream()
                    .map(e -> group(e.getKey(), e.getValue()))
                    .sorted(Comparator.comparing((StatementPage.Group g) -> g.open() == 0).thenComparing(StatementPage.Group::kind))
                    .toList();
            return new StatementPage(
                    id, layout == null ? f.layout() : layout.name().zh(), layout == null ? f.layout() : layout.name().en(), f.from(), f.until(), f.lines(), f.paid(), f.back(), f.fee(), sides.payments(), sides.paid(), sides.booked(), groups, f.open(),
                    f.differing() - all.size(), store.elsewhere(me.school(), id, f.way(), f.from(), f.until()), me.is(Role.FINANCE), no);
        });
    }

    private static StatementPage.Group group(String kind, List<StatementStore.Difference> all) {
        List<StatementStore.Difference> open = all.stream().filter(d -> d.cause() == null).toList();
        return new StatementPage.Group(
                kind, Reconcile.CAUSES.getOrDefault(kind, List.of()), open.size(), open.stream().mapToLong(StatementStore.Difference::amount).sum(),
                all.stream().map(d -> new StatementPage.Row(d.id(), d.ordinal(), d.at(), or(d.reference()), or(d.order()), d.here(), d.there(), or(d.cause()), d.child(), or(d.words()))).toList());
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** One difference, or all open ones of a kind where no one is named. */
    @Allowed(Role.FINANCE)
    @PostMapping("/money/reconciling/{file}/causes")
    ModelAndView close(Wearer me, @PathVariable UUID file, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        String[] cause = typed.text("cause").split(":", 2);
        return switch (reconcile.close(me, file, typed.id("one").orElse(null), typed.text("kind"), cause[0], cause.length > 1 ? cause[1] : "", typed.key(ids))) {
            case Outcome.Done<Integer>(Integer n) -> Pages.done("/money/reconciling/" + file, redirect, "billing.reconcile.flash.closed", n);
            case Outcome.Refused<Integer>(List<Refusal> no) -> Pages.refused("billing/reconciling/one", statement(me, file, no));
        };
    }

    private <T> T read(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }
}
