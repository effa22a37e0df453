package afterbell.base.identity.tablet;

import afterbell.base.identity.How;
import afterbell.base.identity.RateLimits;
import afterbell.base.identity.RateLimits.Limit;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.web.Cookies;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** On the tablet: a code once, then a name and six digits. */
@Controller
@RequestMapping("/tablet")
@OpenToAll
final class TabletController {
    private static final String PAGE = "identity/tablet/tablet";
    private static final Duration KEPT = Duration.ofDays(400);

    private final Tablets tablets;
    private final Sessions sessions;
    private final RateLimits limits;

    TabletController(Tablets tablets, Sessions sessions, RateLimits limits) {
        this.tablets = tablets;
        this.sessions = sessions;
        this.limits = limits;
    }

    @GetMapping
    @OpenToAll
    ModelAndView show(HttpServletRequest request) {
        return Pages.show(PAGE, page(request, null, List.of()));
    }

    @PostMapping
    @OpenToAll
    ModelAndView pair(HttpServletRequest request, HttpServletResponse response, @RequestParam(defaultValue = "") String code) {
        limits.check(Limit.SECRET, request.getRemoteAddr());
        Optional<String> cookie = tablets.pair(code);
        if (cookie.isEmpty()) {
            limits.failed(Limit.SECRET, request.getRemoteAddr());
            return Pages.refused(PAGE, page(request, null, List.of(new Refusal.Simple("identity.tablet.refused.code", "code", List.of()))));
        }
        Cookies.set(request, response, Sessions.TABLET, cookie.get(), KEPT);
        return Pages.done("/tablet");
    }

    @GetMapping("/{account}")
    @OpenToAll
    ModelAndView ask(HttpServletRequest request, @PathVariable UUID account) {
        TabletPage page = page(request, account, List.of());
        if (page.chosen() == null) throw new NotFound();
        return Pages.show(PAGE, page);
    }

    /** Whoever had the tablet until now is signed out by it. */
    @PostMapping("/{account}")
    @OpenToAll
    ModelAndView take(HttpServletRequest request, HttpServletResponse response, @PathVariable UUID account, @RequestParam(defaultValue = "") String pin) {
        limits.check(Limit.SIGN_IN, request.getRemoteAddr());
        Tablets.Known tablet = known(request).orElseThrow(NotFound::new);
        return switch (tablets.take(tablet, account, pin)) {
            case Outcome.Done<UUID>(UUID guard) -> {
                sessions.open(request, response, guard, How.PIN, false);
                yield Pages.done("/");
            }
            case Outcome.Refused<UUID> refused -> {
                limits.failed(Limit.SIGN_IN, request.getRemoteAddr());
                yield Pages.refused(PAGE, page(request, account, refused.refusals()));
            }
        };
    }

    private Optional<Tablets.Known> known(HttpServletRequest request) {
        return tablets.known(Cookies.value(request, Sessions.TABLET));
    }

    private TabletPage page(HttpServletRequest request, @org.jspecify.annotations.Nullable UUID account, List<? extends Refusal> refusals) {
        Optional<Tablets.Known> tablet = known(request);
        if (tablet.isEmpty()) return new TabletPage("", List.of(), null, refusals);
        List<TabletPage.Name> names = tablets.names(tablet.get());
        return new TabletPage(tablet.get().name(), names, names.stream().filter(n -> n.account().equals(account)).findFirst().orElse(null), refusals);
    }
}
