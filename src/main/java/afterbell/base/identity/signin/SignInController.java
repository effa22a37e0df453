package afterbell.base.identity.signin;

import afterbell.base.identity.DemoAccounts;
import afterbell.base.identity.How;
import afterbell.base.identity.Partners;
import afterbell.base.identity.Passkeys;
import afterbell.base.identity.PhoneCodes;
import afterbell.base.identity.RateLimits;
import afterbell.base.identity.RateLimits.Limit;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.HatName;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.SignedIn;
import afterbell.base.shared.web.Cookies;
import afterbell.base.shared.web.LocalPath;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
final class SignInController {
    private final SignIn signIn;
    private final Sessions sessions;
    private final RateLimits limits;
    private final PhoneCodes codes;
    private final Passkeys passkeys;
    private final Partners partners;
    private final Optional<DemoAccounts> demo;

    SignInController(SignIn signIn, Sessions sessions, RateLimits limits, PhoneCodes codes, Passkeys passkeys, Partners partners, Optional<DemoAccounts> demo) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.limits = limits;
        this.codes = codes;
        this.passkeys = passkeys;
        this.partners = partners;
        this.demo = demo;
    }

    @OpenToAll
    @GetMapping("/sign-in")
    ModelAndView form(HttpServletRequest request, @RequestParam(defaultValue = "/") String back, @RequestParam(defaultValue = "") String with) {
        // On a shared tablet the guards' names come first; a password is one tap away.
        if (!Cookies.value(request, Sessions.TABLET).isEmpty() && !with.equals("password")) return new ModelAndView("redirect:/tablet");
        return Pages.show("identity/signin/page", page(request, "", LocalPath.of(back), List.of()));
    }

    @OpenToAll
    @PostMapping("/sign-in")
    ModelAndView signIn(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String user,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "/") String back) {
        limits.check(Limit.SIGN_IN, request.getRemoteAddr());
        return switch (signIn.byPassword(user, password)) {
            case Outcome.Done<UUID>(UUID account) -> {
                sessions.open(request, response, account, How.PASSWORD, false);
                yield Pages.done(LocalPath.of(back));
            }
            case Outcome.Refused<UUID> refused -> {
                limits.failed(Limit.SIGN_IN, request.getRemoteAddr());
                yield Pages.refused("identity/signin/page", page(request, user, LocalPath.of(back), refused.refusals().stream().map(SignInPage.Said::of).toList()));
            }
        };
    }

    private SignInPage page(HttpServletRequest request, String user, String back, List<SignInPage.Said> refusals) {
        return new SignInPage(user, back, codes.ready(), passkeys.offered(request), partners.all(), refusals, demo.map(DemoAccounts::cards).orElse(List.of()));
    }

    @SignedIn
    @PostMapping("/sign-out")
    ModelAndView signOut(HttpServletRequest request, HttpServletResponse response) {
        sessions.close(request, response);
        Cookies.clear(request, response, HatName.COOKIE);
        // Nothing of this person comes back by the browser's arrow; what a device keeps for the afternoon it erases by itself.
        response.setHeader("Clear-Site-Data", "\"cache\"");
        return Pages.done("/sign-in");
    }

    /** Changes the hat: only a preference, the hat itself is checked at every request. */
    @SignedIn
    @PostMapping("/hat")
    ModelAndView hat(HttpServletRequest request, HttpServletResponse response, @Nullable Person person, @RequestParam String hat) {
        boolean own = person != null && person.hats().stream().anyMatch(h -> HatName.of(h).equals(hat));
        if (own) Cookies.set(request, response, HatName.COOKIE, hat, Duration.ofDays(400));
        return Pages.done("/");
    }
}
