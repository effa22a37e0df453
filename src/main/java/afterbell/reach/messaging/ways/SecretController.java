package afterbell.reach.messaging.ways;

import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Pages;
import afterbell.reach.messaging.Secret;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Confirms and stops mails without anybody being signed in: the secret in the mail is proof enough for that, and for nothing else. A GET shows, since
 * mail scanners open links; the POST does. Mail programs send the POST of {@code /mail-stop} themselves (RFC 8058), so it needs no token of a form.
 */
@Controller
@OpenToAll
final class SecretController {
    private final WayStore store;
    private final TransactionTemplate transactions;
    private final Clock clock;

    SecretController(WayStore store, TransactionTemplate transactions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping("/mail-confirm/{secret}")
    ModelAndView confirm(@PathVariable String secret, HttpServletResponse response) {
        return shown("CONFIRM", "/mail-confirm/", secret, response);
    }

    @PostMapping("/mail-confirm/{secret}")
    ModelAndView confirmed(@PathVariable String secret, HttpServletResponse response) {
        hide(response);
        boolean done = door(() -> store.confirmBySecret(new Secret(secret).hash(), clock.instant()));
        return Pages.show("messaging/ways/secret", new SecretPage(done ? "DONE_CONFIRM" : "OVER", ""));
    }

    @GetMapping("/mail-stop/{secret}")
    ModelAndView stop(@PathVariable String secret, HttpServletResponse response) {
        return shown("STOP", "/mail-stop/", secret, response);
    }

    @PostMapping("/mail-stop/{secret}")
    ModelAndView stopped(@PathVariable String secret, HttpServletResponse response) {
        hide(response);
        boolean done = door(() -> store.stopBySecret(new Secret(secret).hash()));
        return Pages.show("messaging/ways/secret", new SecretPage(done ? "DONE_STOP" : "OVER", ""));
    }

    private ModelAndView shown(String act, String path, String secret, HttpServletResponse response) {
        hide(response);
        String may = door(() -> store.secretMay(new Secret(secret).hash(), clock.instant()).orElse(""));
        return Pages.show("messaging/ways/secret", new SecretPage(may.equals(act) ? act : "OVER", path + secret));
    }

    private <T> T door(Supplier<T> work) {
        return Scopes.within(Scope.DOOR, () -> Objects.requireNonNull(transactions.execute(t -> work.get())));
    }

    // The address is a secret: it goes to no other site and into no search engine.
    private static void hide(HttpServletResponse response) {
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
    }
}
