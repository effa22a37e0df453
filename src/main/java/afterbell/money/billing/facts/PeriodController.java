package afterbell.money.billing.facts;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.ClosePeriod;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.PeriodFacts;
import afterbell.money.billing.PeriodFacts.Doubt;
import afterbell.money.billing.PeriodFacts.Preview;
import afterbell.money.billing.Periods;
import afterbell.money.billing.Periods.Period;
import afterbell.money.billing.TariffsInUse.InUse;
import afterbell.money.billing.reckoning.DayMark;
import afterbell.term.tariffs.quote.Quote;
import afterbell.term.tariffs.quote.Tariff.Timing;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Periods, their facts, and locking them. */
@Controller
@Allowed({Role.FINANCE, Role.PRINCIPAL, Role.OFFICE})
final class PeriodController {
    private static final String PAGE = "billing/facts/period";

    private final Periods periods;
    private final PeriodFacts facts;
    private final ClosePeriod close;
    private final Ledger ledger;
    private final CommandKeys commands;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    PeriodController(
            Periods periods, PeriodFacts facts, ClosePeriod close, Ledger ledger, CommandKeys commands, TransactionTemplate transactions, Ids ids, Clock clock) {
        this.periods = periods;
        this.facts = facts;
        this.close = close;
        this.ledger = ledger;
        this.commands = commands;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    @GetMapping("/charges")
    ModelAndView list(Wearer me) {
        return Pages.show("billing/facts/list", transactions.execute(t -> {
            LocalDate today = today();
            Periods.Both both = periods.both(me.school());
            List<PeriodsPage.Row> rows = both.periods().stream().map(p -> row(p, both.tariffOf(p), today)).toList();
            return new PeriodsPage(me.is(Role.FINANCE), rows, today, ledger.balance(me.school(), "family"), !both.tariffs().isEmpty());
        }));
    }

    private static PeriodsPage.Row row(Period period, InUse tariff, LocalDate today) {
        boolean ahead = tariff.tariff().timing() != Timing.POSTPAID && period.turn() == null && !today.isBefore(tariff.collectsFrom()) && !period.from().isAfter(today.plusDays(31));
        String state = period.settled() ? "done" : period.over(today) ? "ready" : ahead ? "advance" : period.from().isAfter(today) ? "coming" : "running";
        return new PeriodsPage.Row(period, tariff.tariff().title().zh(), state);
    }

    @GetMapping("/charges/{period}")
    ModelAndView show(Wearer me, @PathVariable UUID period) {
        return Pages.show(PAGE, page(me, period, List.of(), null));
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/charges/{period}/locking")
    ModelAndView lock(Wearer me, @PathVariable UUID period, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        boolean advance = typed.text("as").equals("planned");
        return switch (close.close(me.school(), period, advance, me.account(), typed.key(ids))) {
            case ClosePeriod.Outcome.Refused refused -> Pages.refused(PAGE, page(me, period, refused.refusals(), null));
            case ClosePeriod.Outcome.Unlawful unlawful -> Pages.refused(PAGE, page(me, period, List.of(), unlawful.by()));
            case ClosePeriod.Outcome.Done done -> Pages.done("/charges/" + period + "/list", redirect, "billing.close.done", done.children());
            case ClosePeriod.Outcome.Before before -> Pages.done("/charges/" + period + "/list", redirect, "billing.close.before");
        };
    }

    /** What a doubtful day counts as; no mark takes the word back. */
    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/charges/{period}/days")
    ModelAndView rule(Wearer me, @PathVariable UUID period, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        UUID pupil = typed.id("child").orElseThrow(NotFound::new);
        LocalDate day = typed.date("day").orElseThrow(NotFound::new);
        DayMark mark = switch (typed.text("mark")) {
            case "A" -> DayMark.ATTENDED;
            case "L" -> DayMark.LEAVE;
            case "M" -> DayMark.MISSED;
            default -> null;
        };
        transactions.executeWithoutResult(t -> {
            Period of = periods.get(me.school(), period);
            if (day.isBefore(of.from()) || day.isAfter(of.until())) throw new NotFound();
            List<Doubt> doubts = facts.preview(me.school(), of, List.of(), today()).doubts();
            if (doubts.stream().noneMatch(d -> d.pupil().equals(pupil) && d.day().equals(day))) throw new NotFound();
            commands.once(typed.key(ids), "ruling/" + period + pupil + day + mark, () -> {
                facts.rule(me.school(), period, pupil, day, mark, me.account(), clock.instant());
                return pupil.toString();
            });
        });
        return Pages.done("/charges/" + period + "#doubts", redirect, "billing.facts.ruled");
    }

    /** What days without any roll count as. */
    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/charges/{period}/unrolled")
    ModelAndView unrolled(Wearer me, @PathVariable UUID period, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        boolean asPlanned = typed.text("unrolled").equals("as_planned");
        transactions.executeWithoutResult(t -> {
            periods.get(me.school(), period);
            commands.once(typed.key(ids), "unrolled/" + period + asPlanned, () -> {
                periods.countUnrolled(me.school(), period, asPlanned);
                return period.toString();
            });
        });
        return Pages.done("/charges/" + period, redirect, "billing.facts.unrolled_said");
    }

    private PeriodPage page(Wearer me, UUID id, List<Refusal> refusals, Quote.@Nullable Refused unlawful) {
        return Objects.requireNonNull(transactions.execute(t -> {
            LocalDate today = today();
            Periods.Both both = periods.both(me.school());
            Period period = both.period(id);
            InUse tariff = both.tariffOf(period);
            Preview preview = facts.preview(me.school(), period, both.periods(), today);
            boolean collects = !today.isBefore(tariff.collectsFrom());
            boolean advance = collects && period.turn() == null && tariff.tariff().timing() != Timing.POSTPAID;
            return new PeriodPage(me.is(Role.FINANCE), preview, tariff.tariff().title().zh(), today, advance, collects && period.over(today), refusals, unlawful);
        }));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
