package afterbell.base.identity.account;

import afterbell.base.identity.Passkeys;
import afterbell.base.identity.PhoneCodes;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.SignedIn;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The own passkeys. */
@Controller
@RequestMapping("/account/passkeys")
@SignedIn
final class PasskeysController {
    private static final String PAGE = "identity/account/passkeys";
    private static final int LONGEST_LABEL = 40;

    private final Passkeys passkeys;
    private final AccountStore store;
    private final Proof proof;
    private final TransactionTemplate transactions;

    PasskeysController(Passkeys passkeys, AccountStore store, Proof proof, TransactionTemplate transactions) {
        this.passkeys = passkeys;
        this.store = store;
        this.proof = proof;
        this.transactions = transactions;
    }

    @GetMapping
    ModelAndView show(HttpServletRequest request, Person person) {
        return Pages.show(PAGE, page(request, person, "", List.of()));
    }

    /** Asked for by the page's script before the browser makes a key; without the present password there is no challenge, and so no key. */
    @Fresh
    @PostMapping("/options")
    ResponseEntity<Map<String, Object>> options(HttpServletRequest request, HttpServletResponse response, Person person, @RequestParam(defaultValue = "") String current) {
        if (!passkeys.offered(request)) throw new NotFound();
        if (proof.missing(request, person.account(), current).isPresent()) return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT).body(Map.of());
        AccountStore.Kept kept = in(() -> store.kept(person.account()));
        String login = !kept.userName().isEmpty() ? kept.userName() : kept.phone().isEmpty() ? kept.name() : PhoneCodes.masked(kept.phone());
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(passkeys.creation(request, response, person.account(), login, kept.name()));
    }

    @Fresh
    @PostMapping
    ModelAndView add(
            HttpServletRequest request,
            HttpServletResponse response,
            Person person,
            @RequestParam(defaultValue = "") String label,
            @RequestParam(defaultValue = "") String credential,
            @RequestParam(defaultValue = "") String current,
            RedirectAttributes redirect) {
        String clean = label.strip();
        List<Refusal> refusals = new ArrayList<>();
        if (clean.isEmpty() || clean.length() > LONGEST_LABEL) refusals.add(new Refusal.Simple("identity.passkeys.label_bad", "label", List.of(LONGEST_LABEL)));
        if (credential.isEmpty()) proof.missing(request, person.account(), current).ifPresent(refusals::add);
        if (refusals.isEmpty()) {
            Optional<String> made = credential.isEmpty() ? Optional.empty() : passkeys.register(request, response, person.account(), credential, clean);
            if (made.isPresent()) return Pages.done("/account/passkeys", redirect, "identity.passkeys.done");
            refusals.add(new Refusal.Simple("identity.passkeys.failed", "", List.of()));
        }
        return Pages.refused(PAGE, page(request, person, label, refusals));
    }

    @Fresh
    @PostMapping("/{id}/removal")
    ModelAndView remove(Person person, @PathVariable String id, RedirectAttributes redirect) {
        if (!in(() -> passkeys.remove(person.account(), id))) throw new NotFound();
        return Pages.done("/account/passkeys", redirect, "identity.passkeys.removed");
    }

    private PasskeysPage page(HttpServletRequest request, Person person, String label, List<Refusal> refusals) {
        return in(() -> new PasskeysPage(passkeys.of(person.account()), passkeys.offered(request), label, proof.asked(request, store.kept(person.account())), refusals));
    }

    private <T> T in(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }
}
