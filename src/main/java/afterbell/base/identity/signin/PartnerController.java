package afterbell.base.identity.signin;

import afterbell.base.identity.Accounts;
import afterbell.base.identity.How;
import afterbell.base.identity.Partners;
import afterbell.base.identity.Partners.Login;
import afterbell.base.identity.PhoneCodes;
import afterbell.base.identity.RateLimits;
import afterbell.base.identity.RateLimits.Limit;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.web.LocalPath;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Through the sign-in of another house. Coming back shows a page; only its button signs in or links. */
@Controller
@OpenToAll
final class PartnerController {
    private final Partners partners;
    private final PhoneCodes codes;
    private final Accounts accounts;
    private final Sessions sessions;
    private final RateLimits limits;

    PartnerController(Partners partners, PhoneCodes codes, Accounts accounts, Sessions sessions, RateLimits limits) {
        this.partners = partners;
        this.codes = codes;
        this.accounts = accounts;
        this.sessions = sessions;
        this.limits = limits;
    }

    @GetMapping("/sign-in/with/{partner}")
    ModelAndView begin(HttpServletRequest request, HttpServletResponse response, @PathVariable String partner, @RequestParam(defaultValue = "/") String back, RedirectAttributes redirect) {
        limits.take(Limit.PASSKEY, request.getRemoteAddr());
        Optional<URI> to = partners.begin(request, response, partner, back);
        return to.isPresent() ? Pages.done(to.get().toString()) : Pages.done("/sign-in", redirect, "identity.partner.silent");
    }

    @GetMapping("/sign-in/from/{partner}")
    ModelAndView back(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String partner,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String state,
            RedirectAttributes redirect) {
        limits.take(Limit.PASSKEY, request.getRemoteAddr());
        Optional<Login> login = partners.finish(request, response, partner, code, state);
        if (login.isEmpty()) return Pages.done("/sign-in", redirect, "identity.partner.failed");
        partners.keep(request, response, login.get());
        return Pages.done("/sign-in/partner");
    }

    @GetMapping("/sign-in/partner")
    ModelAndView show(HttpServletRequest request, @Nullable Person person) {
        return partners.kept(request)
                .map(l -> Pages.show("identity/signin/partner", new PartnerPage(partners.nameOf(l.issuer()), person == null ? "" : person.name(), partners.owner(l).isPresent(), person == null ? byPhone(l) : List.of())))
                .orElseGet(() -> Pages.done("/sign-in"));
    }

    /** Signed in: links. Otherwise signs in whoever has linked it, or whose proved phone the other house has verified as well. */
    @PostMapping("/sign-in/partner")
    ModelAndView go(HttpServletRequest request, HttpServletResponse response, @Nullable Person person, @RequestParam(defaultValue = "") String account, RedirectAttributes redirect) {
        Optional<Login> kept = partners.kept(request);
        if (kept.isEmpty()) return Pages.done("/sign-in");
        Login login = kept.get();
        partners.drop(request, response);
        if (person != null) return Pages.done("/account/logins", redirect, partners.link(person.account(), login) ? "identity.partner.linked" : "identity.partner.others");
        UUID who = partners.owner(login).orElseGet(() -> chosen(login, account));
        sessions.open(request, response, who, How.PARTNER, false);
        return Pages.done(LocalPath.of(login.back()));
    }

    private UUID chosen(Login login, String account) {
        UUID chosen = Ids.parse(account).filter(a -> byPhone(login).stream().anyMatch(p -> p.account().equals(a))).orElseThrow(NotFound::new);
        if (!partners.link(chosen, login)) throw new NotFound();
        return chosen;
    }

    private List<WhoPage.Person> byPhone(Login login) {
        if (login.phone().isEmpty()) return List.of();
        return codes.known(accounts.trace(login.phone())).stream().filter(k -> codes.provedBy(k.account())).map(k -> new WhoPage.Person(k.account(), k.name())).toList();
    }
}
