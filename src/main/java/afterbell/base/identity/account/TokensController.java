package afterbell.base.identity.account;

import afterbell.base.identity.Tokens;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Tokens for programs that act for a family. */
@Controller
@RequestMapping("/account/tokens")
@Allowed({Role.GUARDIAN, Role.CARER, Role.COLLECTOR})
final class TokensController {
    private static final String PAGE = "identity/account/tokens";
    private static final String USUAL_DAYS = "90";

    private final Tokens tokens;
    private final AccountStore store;
    private final Proof proof;
    private final TransactionTemplate transactions;

    TokensController(Tokens tokens, AccountStore store, Proof proof, TransactionTemplate transactions) {
        this.tokens = tokens;
        this.store = store;
        this.proof = proof;
        this.transactions = transactions;
    }

    @GetMapping
    ModelAndView show(HttpServletRequest request, Wearer me) {
        return Pages.show(PAGE, page(request, me, "", "", USUAL_DAYS, List.of()));
    }

    /** Answers with the token instead of leading on: it is kept nowhere, so no later page could show it. */
    @Fresh
    @PostMapping
    ModelAndView make(
            HttpServletRequest request,
            Wearer me,
            @RequestParam(defaultValue = "") String purpose,
            @RequestParam(defaultValue = "") String days,
            @RequestParam(defaultValue = "") String current) {
        String clean = purpose.strip();
        OptionalInt life = whole(days);
        List<Refusal> refusals = new ArrayList<>();
        if (clean.isEmpty() || clean.length() > Tokens.LONGEST_PURPOSE) refusals.add(new Refusal.Simple("identity.tokens.purpose_bad", "purpose", List.of(Tokens.LONGEST_PURPOSE)));
        if (life.isEmpty()) refusals.add(new Refusal.Simple("identity.tokens.days_bad", "days", List.of(Tokens.MOST_DAYS)));
        proof.missing(request, me.account(), current).ifPresent(refusals::add);
        if (!refusals.isEmpty()) return Pages.refused(PAGE, page(request, me, "", purpose, days, refusals));
        Optional<String> made = tokens.make(me.account(), clean, Duration.ofDays(life.getAsInt()));
        if (made.isEmpty()) return Pages.refused(PAGE, page(request, me, "", purpose, days, List.of(new Refusal.Simple("identity.tokens.too_many", "", List.of(Tokens.MOST_TOKENS)))));
        ModelAndView view = Pages.show(PAGE, page(request, me, made.get(), "", USUAL_DAYS, List.of()));
        view.setStatus(HttpStatus.CREATED);
        return view;
    }

    private static OptionalInt whole(String days) {
        if (!days.strip().matches("\\d{1,4}")) return OptionalInt.empty();
        int n = Integer.parseInt(days.strip());
        return n >= 1 && n <= Tokens.MOST_DAYS ? OptionalInt.of(n) : OptionalInt.empty();
    }

    @Fresh
    @PostMapping("/{id}/removal")
    ModelAndView revoke(Wearer me, @PathVariable UUID id, RedirectAttributes redirect) {
        if (!tokens.revoke(me.account(), id)) throw new NotFound();
        return Pages.done("/account/tokens", redirect, "identity.tokens.revoked");
    }

    private TokensPage page(HttpServletRequest request, Wearer me, String fresh, String purpose, String days, List<Refusal> refusals) {
        return Objects.requireNonNull(transactions.execute(t -> new TokensPage(tokens.of(me.account()), fresh, purpose, days, proof.asked(request, store.kept(me.account())), refusals)));
    }
}
