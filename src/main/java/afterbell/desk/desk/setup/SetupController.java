package afterbell.desk.desk.setup;

import afterbell.base.identity.How;
import afterbell.base.identity.RateLimits;
import afterbell.base.identity.RateLimits.Limit;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.crypto.MasterKey;
import afterbell.base.shared.web.Cookies;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import afterbell.desk.desk.SetupDoor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
final class SetupController {
    private static final String COOKIE = "ab_setup";
    private static final Duration LIFE = Duration.ofHours(12);

    private final SetupDoor door;
    private final SetUp setUp;
    private final Sessions sessions;
    private final RateLimits limits;
    private final byte[] key;

    SetupController(SetupDoor door, SetUp setUp, Sessions sessions, RateLimits limits, MasterKey master) {
        this.door = door;
        this.setUp = setUp;
        this.sessions = sessions;
        this.limits = limits;
        this.key = master.derive("desk/setup");
    }

    @OpenToAll
    @GetMapping("/setup")
    ModelAndView show(HttpServletRequest request) {
        if (!door.open()) throw new NotFound();
        return known(request) ? Pages.show("desk/setup/form", new SetupPage(SetupForm.EMPTY, !request.isSecure(), List.of())) : Pages.show("desk/setup/code", new CodePage(!request.isSecure(), List.of()));
    }

    @OpenToAll
    @PostMapping("/setup/code")
    ModelAndView code(HttpServletRequest request, HttpServletResponse response, @RequestParam MultiValueMap<String, String> form) {
        if (!door.open()) throw new NotFound();
        limits.check(Limit.SECRET, request.getRemoteAddr());
        if (!door.fits(new Typed(form).text("code"))) {
            limits.failed(Limit.SECRET, request.getRemoteAddr());
            return Pages.refused("desk/setup/code", new CodePage(!request.isSecure(), List.of(new Refusal.Simple("desk.setup.refused.key", "code", List.of()))));
        }
        Cookies.set(request, response, COOKIE, proof(), LIFE);
        return Pages.done("/setup");
    }

    @OpenToAll
    @PostMapping("/setup")
    ModelAndView save(HttpServletRequest request, HttpServletResponse response, @RequestParam MultiValueMap<String, String> typed, RedirectAttributes redirect) {
        if (!door.open()) throw new NotFound();
        if (!known(request)) return Pages.done("/setup");
        SetupForm form = SetupForm.of(new Typed(typed));
        return switch (setUp.run(form)) {
            case Outcome.Done<UUID>(UUID account) -> {
                Cookies.clear(request, response, COOKIE);
                sessions.open(request, response, account, How.PASSWORD, false);
                yield Pages.done("/setup/next", redirect, "desk.setup.done", form.school().school());
            }
            case Outcome.Refused<UUID> refused -> Pages.refused("desk/setup/form", new SetupPage(form, !request.isSecure(), refused.refusals()));
        };
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/setup/next")
    ModelAndView next(HttpServletRequest request) {
        return Pages.show("desk/setup/next", new NextPage(!request.isSecure()));
    }

    private boolean known(HttpServletRequest request) {
        return MessageDigest.isEqual(Cookies.value(request, COOKIE).getBytes(StandardCharsets.UTF_8), proof().getBytes(StandardCharsets.UTF_8));
    }

    // Of another start's code there is another proof.
    private String proof() {
        return door.code().map(c -> HexFormat.of().formatHex(MasterKey.mac(key, c))).orElseThrow(NotFound::new);
    }
}
