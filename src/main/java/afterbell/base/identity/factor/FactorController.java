package afterbell.base.identity.factor;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.SignInFirst;
import afterbell.base.shared.access.SignedIn;
import afterbell.base.shared.print.Qr;
import afterbell.base.shared.web.LocalPath;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
final class FactorController {
    private static final String ISSUER = "Afterbell";

    private final SecondFactor factor;

    FactorController(SecondFactor factor) {
        this.factor = factor;
    }

    @SignedIn
    @GetMapping("/second-factor")
    ModelAndView form(HttpServletRequest request, HttpServletResponse response, @Nullable Person person, @RequestParam(defaultValue = "/") String back) {
        return Pages.show("identity/factor/page", page(factor.standing(request, response, known(person).account()), known(person), LocalPath.of(back), List.of()));
    }

    /** The first right code answers with the recovery codes instead of leading on: they are kept nowhere, so no later page could show them. */
    @SignedIn
    @PostMapping("/second-factor")
    ModelAndView prove(
            HttpServletRequest request, HttpServletResponse response, @Nullable Person person, @RequestParam(defaultValue = "") String code, @RequestParam(defaultValue = "/") String back) {
        Person who = known(person);
        String to = LocalPath.of(back);
        return switch (factor.prove(request, response, who.account(), code)) {
            case Outcome.Done<SecondFactor.Proved>(SecondFactor.Proved proved) ->
                proved.fresh().isEmpty()
                        ? Pages.done(to)
                        : Pages.show("identity/factor/codes", new CodesPage(proved.fresh().stream().map(FactorController::grouped).toList(), to));
            case Outcome.Refused<SecondFactor.Proved> refused -> Pages.refused("identity/factor/page", page(factor.standing(request, response, who.account()), who, to, refused.refusals()));
        };
    }

    private static FactorPage page(SecondFactor.Standing standing, Person who, String back, List<Refusal> refusals) {
        return switch (standing) {
            case SecondFactor.Standing.Enrolled() -> new FactorPage(back, true, "", "", refusals);
            case SecondFactor.Standing.Waiting(byte[] bytes) -> {
                String secret = Totp.base32(bytes);
                yield new FactorPage(back, false, Qr.of(address(who.name(), secret)).svg(ISSUER), grouped(secret), refusals);
            }
        };
    }

    // The address that authenticator apps read; the defaults (SHA-1, 6 digits, 30 s) are ours, so they need not be named.
    private static String address(String name, String secret) {
        return "otpauth://totp/" + ISSUER + ":" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + "?secret=" + secret + "&issuer=" + ISSUER;
    }

    static String grouped(String letters) {
        return letters.replaceAll("(.{4})(?=.)", "$1-");
    }

    private static Person known(@Nullable Person person) {
        if (person == null) throw new SignInFirst();
        return person;
    }
}
