package afterbell.money.billing.refunds;

import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.Refunds.Destination;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
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

/** Refunds at the desk, and where a family wants its money. */
@Controller
@Allowed({Role.FINANCE, Role.PRINCIPAL, Role.OFFICE})
final class RefundController {
    private static final String ALL = "billing/refunds/refunds";
    private static final String BATCH = "billing/refunds/batch";
    private static final String ONE = "billing/refunds/one";
    private static final String ACCOUNT = "billing/refunds/account";

    private final GiveBack give;
    private final Roster roster;
    private final Offscreen offscreen;
    private final TransactionTemplate transactions;
    private final Ids ids;

    RefundController(GiveBack give, Roster roster, Offscreen offscreen, TransactionTemplate transactions, Ids ids) {
        this.give = give;
        this.roster = roster;
        this.offscreen = offscreen;
        this.transactions = transactions;
        this.ids = ids;
    }

    @GetMapping("/refunds")
    ModelAndView all(Wearer me) {
        return Pages.show(ALL, give.page(me, List.of()));
    }

    @Allowed(Role.FINANCE)
    @GetMapping("/refunds/children/{child}")
    ModelAndView one(Wearer me, @PathVariable UUID child) {
        return Pages.show(ONE, give.single(me, child, new Typed(new LinkedMultiValueMap<>()), List.of()));
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/refunds/children/{child}")
    ModelAndView orderOne(Wearer me, @PathVariable UUID child, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        return switch (give.one(me, child, typed, typed.key(ids))) {
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused(ONE, give.single(me, child, typed, no));
            case Outcome.Done<UUID>(UUID batch) -> ordered(typed, batch, redirect);
        };
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/refunds/batches")
    ModelAndView orderMany(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        return switch (give.many(me, typed, typed.key(ids))) {
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused(ALL, give.page(me, no));
            case Outcome.Done<UUID>(UUID batch) -> ordered(typed, batch, redirect);
        };
    }

    private static ModelAndView ordered(Typed typed, UUID batch, RedirectAttributes redirect) {
        return typed.text("how").equals("NEXT_TERM") ? Pages.done("/refunds", redirect, "billing.refund.flash.carried") : Pages.done("/refunds/batches/" + batch, redirect, "billing.refund.flash.ordered");
    }

    @GetMapping("/refunds/batches/{batch}")
    ModelAndView batch(Wearer me, @PathVariable UUID batch) {
        return Pages.show(BATCH, give.batch(me, batch, List.of()));
    }

    @Fresh
    @Allowed({Role.FINANCE, Role.PRINCIPAL})
    @PostMapping("/refunds/batches/{batch}/decision")
    ModelAndView decide(Wearer me, @PathVariable UUID batch, @RequestParam(defaultValue = "") String answer, RedirectAttributes redirect) {
        return switch (give.decide(me, batch, answer.equals("yes"))) {
            case Outcome.Refused<Integer>(List<Refusal> no) -> Pages.refused(BATCH, give.batch(me, batch, no));
            case Outcome.Done<Integer>(Integer count) -> Pages.done("/refunds/batches/" + batch, redirect, answer.equals("yes") ? "billing.refund.flash.approved" : "billing.refund.flash.refused", count);
        };
    }

    /** Answers with the file: what is on it is with the bank or the platform from now on. */
    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/refunds/lists")
    void list(Wearer me, @RequestParam(defaultValue = "") String to, @RequestParam(defaultValue = "") String again, Locale locale, HttpServletResponse response) throws IOException {
        if (!to.equals("BANK_LIST") && !to.equals("REVERSAL")) throw new NotFound();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        @Nullable Instant taken = again.isEmpty() ? null : moment(again);
        if (!give.list(me, Destination.valueOf(to), taken, offscreen.screen(locale, ""), file)) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", "/refunds");
            return;
        }
        response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"refunds-" + to.toLowerCase(Locale.ROOT).replace('_', '-') + (taken == null ? "" : "-" + LocalDate.ofInstant(taken, Screen.ZONE)) + ".xlsx\"");
        response.getOutputStream().write(file.toByteArray());
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new NotFound();
        }
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/refunds/listed")
    ModelAndView listed(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        boolean back = typed.text("answer").equals("back");
        int count = back ? give.cameBack(me, typed.ids("row")) : give.done(me, typed.ids("row"));
        return Pages.done("/refunds", redirect, back ? "billing.refund.flash.back" : "billing.refund.flash.done", count);
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/refunds/{refund}/handout")
    ModelAndView hand(Wearer me, @PathVariable UUID refund, RedirectAttributes redirect) {
        return switch (give.hand(me, refund)) {
            case Outcome.Refused<String>(List<Refusal> no) -> Pages.refused(ALL, give.page(me, no));
            case Outcome.Done<String>(String label) -> Pages.done("/refunds", redirect, "billing.refund.flash.handed", label);
        };
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/refunds/{refund}/way")
    ModelAndView redirect(Wearer me, @PathVariable UUID refund, @RequestParam(defaultValue = "") String to, RedirectAttributes redirect) {
        if (!give.redirect(me, refund, to)) throw new NotFound();
        return Pages.done("/refunds", redirect, "billing.refund.flash.redirected");
    }

    /** Who has left has no door to the house any more: finance writes down what the family told. */
    @Allowed(Role.FINANCE)
    @GetMapping("/refunds/children/{child}/account")
    ModelAndView deskAccount(Wearer me, @PathVariable UUID child) {
        return Pages.show(ACCOUNT, deskPage(me, child, new Typed(new LinkedMultiValueMap<>()), List.of()));
    }

    private AccountPage deskPage(Wearer me, UUID child, Typed typed, List<? extends Refusal> no) {
        return new AccountPage(child, give.name(me.school(), child), give.tail(me.school(), child), give.entered(me.school(), child), true, typed, no);
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/refunds/children/{child}/account")
    ModelAndView keepDeskAccount(Wearer me, @PathVariable UUID child, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        give.name(me.school(), child);
        List<Refusal> no = give.account(me, me.school(), child, true, typed);
        return no.isEmpty() ? Pages.done("/refunds", redirect, "billing.account.flash") : Pages.refused(ACCOUNT, deskPage(me, child, typed, no));
    }

    @Allowed(Role.GUARDIAN)
    @GetMapping("/pay/{child}/account")
    ModelAndView account(Wearer me, @PathVariable UUID child) {
        return Pages.show(ACCOUNT, accountPage(me, child, new Typed(new LinkedMultiValueMap<>()), List.of()));
    }

    private AccountPage accountPage(Wearer me, UUID child, Typed typed, List<? extends Refusal> no) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        String name = Objects.requireNonNull(transactions.execute(t -> roster.pupil(me.schoolOf(child), child).name()));
        return new AccountPage(child, name, give.tail(me.schoolOf(child), child), give.entered(me.schoolOf(child), child), false, typed, no);
    }

    @Fresh
    @Allowed(Role.GUARDIAN)
    @PostMapping("/pay/{child}/account")
    ModelAndView keepAccount(Wearer me, @PathVariable UUID child, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        Typed typed = new Typed(form);
        List<Refusal> no = give.account(me, me.schoolOf(child), child, false, typed);
        return no.isEmpty() ? Pages.done("/pay", redirect, "billing.account.flash") : Pages.refused(ACCOUNT, accountPage(me, child, typed, no));
    }
}
