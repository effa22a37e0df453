package afterbell.money.billing.pay;

import afterbell.base.rules.Clause;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
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

/** The school's pay: the month, the distribution document, corrections, the bank of hours. Finance does, the principal approves. */
@Controller
@Allowed({Role.FINANCE, Role.PRINCIPAL})
@Fresh
final class PayrollController {
    private static final List<String> REASONS = List.of("roll_late", "wrong_person", "wrong_rate", "other");
    private static final long MOST = 10_000_000;

    private final PayMonths months;
    private final SlipStore store;
    private final SetScheme schemes;
    private final PayLimits limits;
    private final TransactionTemplate transactions;
    private final Ids ids;

    PayrollController(PayMonths months, SlipStore store, SetScheme schemes, PayLimits limits, TransactionTemplate transactions, Ids ids) {
        this.months = months;
        this.store = store;
        this.schemes = schemes;
        this.limits = limits;
        this.transactions = transactions;
        this.ids = ids;
    }

    /** Without a month: the newest that waits for somebody, else the one before this. */
    @GetMapping("/money/pay")
    ModelAndView pay(Wearer me, @RequestParam(defaultValue = "") String month) {
        YearMonth asked = SetScheme.month(month).orElse(YearMonth.from(months.today()).minusMonths(1));
        return Pages.show("billing/pay/month", page(me, asked, List.of()));
    }

    private PayrollPage page(Wearer me, YearMonth month, List<Refusal> no) {
        return page(me, month, months.today().toString(), no);
    }

    /** @param on the day of paying as it was typed */
    private PayrollPage page(Wearer me, YearMonth month, String on, List<Refusal> no) {
        PayMonths.Whole whole = months.whole(me.school(), month);
        SlipStore.Month frozen = whole.state();
        String state = frozen != null ? frozen.state() : month.isBefore(YearMonth.from(months.today())) ? "open" : "running";
        boolean finance = me.is(Role.FINANCE);
        String acts = switch (state) {
            case "open" -> finance && months.whyNot(whole).isEmpty() ? "agree" : "";
            case "agreed" -> me.is(Role.PRINCIPAL) ? "approve" : "";
            case "approved" -> finance ? "pay" : "";
            default -> "";
        };
        boolean own = frozen != null && me.account().equals(frozen.agreedBy());
        return new PayrollPage(
                month, state, frozen == null ? null : frozen.paidOn(), whole.total(), whole.people().stream().mapToInt(p -> p.slip().minutes()).sum(),
                whole.people().stream().map(PayrollController::row).toList(),
                whole.undecided().stream().filter(s -> s.ref() != null).map(s -> new PayrollPage.Session(Objects.requireNonNull(s.ref()), s.day(), s.what(), s.staff() == null ? "" : whole.names().getOrDefault(s.staff(), ""))).toList(),
                whole.unheld().size(), whole.scheme() != null, whole.months().stream().map(m -> new PayrollPage.Past(m.month(), m.state())).toList(), acts, finance && frozen == null, own, on, no);
    }

    private static PayrollPage.Row row(PayMonths.Person p) {
        int sessions = (int) p.slip().lines().stream().filter(l -> l.held().work().byPeriod()).count();
        return new PayrollPage.Row(p.staff(), p.name(), sessions, p.slip().lines().size() - sessions, p.slip().minutes(), p.slip().fixed(), p.other(), p.asHours(), p.banked(), p.fen());
    }

    private <T> T read(java.util.function.Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }

    private static YearMonth of(String month) {
        return SetScheme.month(month).orElseThrow(NotFound::new);
    }

    @Allowed(Role.FINANCE)
    @PostMapping("/money/pay/{month}/sessions")
    ModelAndView decide(Wearer me, @PathVariable String month, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        Set<UUID> chosen = Set.copyOf(typed.ids("session"));
        boolean held = typed.text("held").equals("yes");
        // "Not held" never means all of them at once.
        if (!held && chosen.isEmpty()) return Pages.refused("billing/pay/month", page(me, of(month), List.of(new Refusal.Simple("billing.wage.refused.which"))));
        return switch (months.decide(me, of(month), chosen, held, typed.key(ids))) {
            case Outcome.Done<Integer>(Integer n) -> Pages.done("/money/pay?month=" + of(month), redirect, held ? "billing.wage.flash.held" : "billing.wage.flash.unheld", n);
            case Outcome.Refused<Integer>(List<Refusal> no) -> Pages.refused("billing/pay/month", page(me, of(month), no));
        };
    }

    @Allowed(Role.FINANCE)
    @PostMapping("/money/pay/{month}/agreement")
    ModelAndView agree(Wearer me, @PathVariable String month, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        return answered(me, of(month), months.agree(me, of(month), new Typed(form).key(ids)), redirect, "billing.wage.flash.agreed");
    }

    @Allowed(Role.PRINCIPAL)
    @PostMapping("/money/pay/{month}/approval")
    ModelAndView approve(Wearer me, @PathVariable String month, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        if (typed.text("answer").equals("back")) return answered(me, of(month), months.giveBack(me, of(month), typed.key(ids)), redirect, "billing.wage.flash.returned");
        return answered(me, of(month), months.approve(me, of(month), typed.key(ids)), redirect, "billing.wage.flash.approved");
    }

    @Allowed(Role.FINANCE)
    @PostMapping("/money/pay/{month}/payment")
    ModelAndView paid(Wearer me, @PathVariable String month, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        Optional<LocalDate> on = typed.date("on");
        if (on.isEmpty()) return Pages.refused("billing/pay/month", page(me, of(month), typed.text("on"), List.of(new Refusal.Simple("billing.wage.refused.paid_on", "on", List.of()))));
        return switch (months.pay(me, of(month), on.get(), typed.key(ids))) {
            case Outcome.Done<UUID> done -> Pages.done("/money/pay?month=" + of(month), redirect, "billing.wage.flash.paid");
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("billing/pay/month", page(me, of(month), typed.text("on"), no));
        };
    }

    private ModelAndView answered(Wearer me, YearMonth month, Outcome<UUID> outcome, RedirectAttributes redirect, String flash) {
        return switch (outcome) {
            case Outcome.Done<UUID> done -> Pages.done("/money/pay?month=" + month, redirect, flash);
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("billing/pay/month", page(me, month, no));
        };
    }

    @GetMapping("/money/pay/scheme")
    ModelAndView scheme(Wearer me) {
        return Pages.show("billing/pay/scheme", schemePage(me, null, List.of()));
    }

    @Allowed(Role.FINANCE)
    @PostMapping("/money/pay/scheme")
    ModelAndView set(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        return switch (schemes.set(me, typed, typed.key(ids))) {
            case Outcome.Done<UUID> done -> Pages.done("/money/pay/scheme", redirect, "billing.wage.flash.scheme");
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("billing/pay/scheme", schemePage(me, typed, no));
        };
    }

    private SchemePage schemePage(Wearer me, @Nullable Typed typed, List<Refusal> no) {
        List<Scheme> all = read(() -> store.schemes(me.school()));
        YearMonth from = read(() -> schemes.earliest(me.school()));
        List<SchemePage.Bound> bounds = limits.bounds(me.school(), months.today()).stream().map(PayLimits.Bound::clause).distinct().map(PayrollController::bound).toList();
        return new SchemePage(all.stream().map(SchemePage::shown).toList(), typed == null ? first(all, from) : typed(typed), Arrays.stream(Work.values()).map(Work::code).toList(), bounds, me.is(Role.FINANCE), no);
    }

    private static SchemePage.Bound bound(Clause c) {
        return new SchemePage.Bound(c.text().zh(), c.text().en(), c.pack());
    }

    private static Map<String, String> typed(Typed typed) {
        Map<String, String> all = new HashMap<>();
        typed.values().keySet().forEach(k -> all.put(k, typed.text(k)));
        return all;
    }

    /** A new document begins as a copy of the last one. */
    private static Map<String, String> first(List<Scheme> all, YearMonth from) {
        Map<String, String> fields = new HashMap<>(Map.of("from", from.toString(), "period", "40", "stood", "100"));
        if (all.isEmpty()) return fields;
        Scheme last = all.getFirst();
        fields.putAll(Map.of("title", last.title(), "basis", last.basis(), "period", Integer.toString(last.periodMinutes()), "stood", Integer.toString(last.substitutePercent())));
        if (last.fixedFen() > 0) fields.putAll(Map.of("fixed", yuan(last.fixedFen()), "turns", Integer.toString(last.fixedTurns())));
        last.rates().forEach(r -> fields.putAll(Map.of("yuan-" + r.work().code(), yuan(r.fen()), "percent-" + r.work().code(), Integer.toString(r.percent()))));
        return fields;
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).stripTrailingZeros().toPlainString();
    }

    @GetMapping("/money/pay/people/{staff}")
    ModelAndView person(Wearer me, @PathVariable UUID staff) {
        return Pages.show("billing/pay/person", personPage(me, staff, new Typed(new LinkedMultiValueMap<>()), List.of()));
    }

    @Allowed(Role.FINANCE)
    @PostMapping("/money/pay/people/{staff}/corrections")
    ModelAndView correct(Wearer me, @PathVariable UUID staff, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        List<Refusal> no = new ArrayList<>();
        Optional<LocalDate> about = typed.date("about").filter(d -> !d.isAfter(months.today()));
        OptionalLong fen = typed.fen("yuan");
        if (about.isEmpty()) no.add(new Refusal.Simple("billing.wage.refused.about", "about", List.of()));
        if (fen.isEmpty() || fen.getAsLong() == 0 || fen.getAsLong() > MOST) no.add(new Refusal.Simple("billing.wage.scheme.refused.yuan", "yuan", List.of()));
        if (!REASONS.contains(typed.text("why"))) no.add(new Refusal.Simple("billing.wage.refused.why", "why", List.of()));
        if (!no.isEmpty()) return Pages.refused("billing/pay/person", personPage(me, staff, typed, no));
        months.correct(me, staff, about.orElseThrow(), fen.getAsLong(), typed.text("way").equals("back"), typed.text("why"), typed.key(ids));
        return Pages.done("/money/pay/people/" + staff, redirect, "billing.wage.flash.corrected");
    }

    @Allowed(Role.FINANCE)
    @PostMapping("/money/pay/people/{staff}/hours")
    ModelAndView hours(Wearer me, @PathVariable UUID staff, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        List<Refusal> no = new ArrayList<>();
        OptionalInt minutes = typed.number("minutes");
        Optional<LocalDate> day = typed.date("day");
        if (minutes.isEmpty() || minutes.getAsInt() < 1 || minutes.getAsInt() > 100_000) no.add(new Refusal.Simple("billing.wage.refused.minutes", "minutes", List.of()));
        if (day.isEmpty()) no.add(new Refusal.Simple("billing.wage.refused.about", "day", List.of()));
        if (!no.isEmpty()) return Pages.refused("billing/pay/person", personPage(me, staff, typed, no));
        return switch (months.take(me, staff, day.orElseThrow(), minutes.getAsInt(), typed.key(ids))) {
            case Outcome.Done<Integer> done -> Pages.done("/money/pay/people/" + staff, redirect, "billing.wage.flash.taken");
            case Outcome.Refused<Integer>(List<Refusal> refused) -> Pages.refused("billing/pay/person", personPage(me, staff, typed, refused));
        };
    }

    private CorrectionPage personPage(Wearer me, UUID staff, Typed typed, List<? extends Refusal> no) {
        return read(() -> {
            String name = store.names(me.school()).get(staff);
            if (name == null) throw new NotFound();
            return new CorrectionPage(staff, name, store.hours(me.school()).getOrDefault(staff, 0), typed(typed), REASONS.stream().map(r -> Choice.of(r, r)).toList(), no);
        });
    }
}
