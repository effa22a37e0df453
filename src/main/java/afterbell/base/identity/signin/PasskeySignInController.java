package afterbell.base.identity.signin;

import afterbell.base.identity.How;
import afterbell.base.identity.Passkeys;
import afterbell.base.identity.RateLimits;
import afterbell.base.identity.RateLimits.Limit;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.web.LocalPath;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Signing in with a passkey; offered by the page only where the browser can. */
@Controller
@OpenToAll
final class PasskeySignInController {
    private final Passkeys passkeys;
    private final Sessions sessions;
    private final RateLimits limits;

    PasskeySignInController(Passkeys passkeys, Sessions sessions, RateLimits limits) {
        this.passkeys = passkeys;
        this.sessions = sessions;
        this.limits = limits;
    }

    @PostMapping("/sign-in/passkey/options")
    ResponseEntity<Map<String, Object>> options(HttpServletRequest request, HttpServletResponse response) {
        limits.take(Limit.PASSKEY, request.getRemoteAddr());
        if (!passkeys.offered(request)) throw new NotFound();
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(passkeys.request(request, response));
    }

    @PostMapping("/sign-in/passkey")
    ModelAndView prove(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String credential,
            @RequestParam(defaultValue = "/") String back,
            RedirectAttributes redirect) {
        limits.take(Limit.PASSKEY, request.getRemoteAddr());
        Optional<UUID> account = passkeys.prove(request, response, credential);
        if (account.isEmpty()) return Pages.done("/sign-in", redirect, "identity.passkeys.wrong");
        sessions.open(request, response, account.get(), How.PASSKEY, true);
        return Pages.done(LocalPath.of(back));
    }
}
