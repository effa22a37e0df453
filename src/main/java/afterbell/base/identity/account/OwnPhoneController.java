package afterbell.base.identity.account;

import afterbell.base.identity.Pending;
import afterbell.base.identity.Pending.Step;
import afterbell.base.identity.PhoneCodes;
import afterbell.base.identity.RateLimits;
import afterbell.base.identity.RateLimits.Limit;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.SignedIn;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The own phone: a code sent there proves it before it counts. */
@Controller
@RequestMapping("/account/phone")
@SignedIn
final class OwnPhoneController {
    private static final Duration STEP = Duration.ofMinutes(30);

    private final PhoneCodes codes;
    private final Pending pending;
    private final AccountStore store;
    private final Proof proof;
    private final RateLimits limits;
    private final TransactionTemplate transactions;

    OwnPhoneController(PhoneCodes codes, Pending pending, AccountStore store, Proof proof, RateLimits limits, TransactionTemplate transactions) {
        this.codes = codes;
        this.pending = pending;
        this.store = store;
        this.proof = proof;
        this.limits = limits;
        this.transactions = transactions;
    }

    @GetMapping
    ModelAndView show(HttpServletRequest request, Person person) {
        return Pages.show("identity/account/phone", page(request, person, "", List.of()));
    }

    @Fresh
    @PostMapping
    ModelAndView send(
            HttpServletRequest request, HttpServletResponse response, Person person, @RequestParam(defaultValue = "") String phone, @RequestParam(defaultValue = "") String current) {
        Optional<String> mobile = PhoneCodes.mobile(phone);
        List<Refusal> refusals = new ArrayList<>();
        if (mobile.isEmpty()) refusals.add(new Refusal.Simple("identity.phone.bad", "phone", List.of()));
        if (!codes.ready()) refusals.add(new Refusal.Simple("identity.phone.closed", "phone", List.of()));
        proof.missing(request, person.account(), current).ifPresent(refusals::add);
        if (refusals.isEmpty() && !codes.sendProof(request.getRemoteAddr(), person.account(), mobile.orElseThrow())) refusals.add(new Refusal.Simple("identity.phone.wait", "phone", List.of()));
        if (!refusals.isEmpty()) return Pages.refused("identity/account/phone", page(request, person, phone, refusals));
        pending.put(request, response, Step.NEW_PHONE, STEP, person.account().toString(), mobile.orElseThrow());
        return Pages.done("/account/phone/code");
    }

    @GetMapping("/code")
    ModelAndView code(HttpServletRequest request, Person person) {
        return asked(request, person)
                .map(phone -> Pages.show("identity/account/code", new PhoneCodePage(PhoneCodes.masked(phone), List.of())))
                .orElseGet(() -> Pages.done("/account/phone"));
    }

    @Fresh
    @PostMapping("/code")
    ModelAndView prove(HttpServletRequest request, HttpServletResponse response, Person person, @RequestParam(defaultValue = "") String code, RedirectAttributes redirect) {
        Optional<String> phone = asked(request, person);
        if (phone.isEmpty()) return Pages.done("/account/phone");
        limits.take(Limit.SECOND_FACTOR, "phone/" + person.account());
        if (!codes.useProof(person.account(), phone.get(), code))
            return Pages.refused("identity/account/code", new PhoneCodePage(PhoneCodes.masked(phone.get()), List.of(new Refusal.Simple("identity.phone.code_wrong", "code", List.of()))));
        in(() -> store.phone(person.account(), phone.get()));
        pending.clear(request, response, Step.NEW_PHONE);
        return Pages.done("/account", redirect, "identity.account.phone.done");
    }

    // The step belongs to whoever began it: on a shared phone the next person starts anew.
    private Optional<String> asked(HttpServletRequest request, Person person) {
        return pending.get(request, Step.NEW_PHONE).filter(p -> p.get(0).equals(person.account().toString())).map(p -> p.get(1));
    }

    /** Without the phone there has to be another way in. */
    @Fresh
    @PostMapping("/removal")
    ModelAndView remove(HttpServletRequest request, Person person, @RequestParam(defaultValue = "") String current, RedirectAttributes redirect) {
        List<Refusal> refusals = new ArrayList<>();
        proof.missing(request, person.account(), current).ifPresent(refusals::add);
        if (refusals.isEmpty() && !in(() -> store.dropPhone(person.account()))) refusals.add(new Refusal.Simple("identity.account.phone.last_way", "", List.of()));
        if (!refusals.isEmpty()) return Pages.refused("identity/account/phone", page(request, person, "", refusals));
        return Pages.done("/account", redirect, "identity.account.phone.dropped");
    }

    private OwnPhonePage page(HttpServletRequest request, Person person, String typed, List<Refusal> refusals) {
        return in(() -> {
            AccountStore.Kept kept = store.kept(person.account());
            return new OwnPhonePage(PhoneCodes.masked(kept.phone()), kept.phoneProved(), typed, codes.ready(), proof.asked(request, kept), refusals);
        });
    }

    private <T> T in(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }
}
