package afterbell.base.identity.signin;

import afterbell.base.identity.How;
import afterbell.base.identity.Pending;
import afterbell.base.identity.Pending.Step;
import afterbell.base.identity.PhoneCodes;
import afterbell.base.identity.RateLimits;
import afterbell.base.identity.RateLimits.Limit;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.web.LocalPath;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Signing in with what a message brings to the phone: six digits, or a link. Every page looks and answers alike for phones that nobody has. */
@Controller
@OpenToAll
final class PhoneController {
    /** Between two pages; the code itself lives as long as the rules say. */
    private static final Duration STEP = Duration.ofMinutes(30);

    private final PhoneCodes codes;
    private final Pending pending;
    private final Sessions sessions;
    private final RateLimits limits;

    PhoneController(PhoneCodes codes, Pending pending, Sessions sessions, RateLimits limits) {
        this.codes = codes;
        this.pending = pending;
        this.sessions = sessions;
        this.limits = limits;
    }

    @GetMapping("/sign-in/phone")
    ModelAndView phone(@RequestParam(defaultValue = "/") String back) {
        return Pages.show("identity/signin/phone", new PhonePage("", LocalPath.of(back), codes.ready(), List.of()));
    }

    @PostMapping("/sign-in/phone")
    ModelAndView send(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String phone,
            @RequestParam(defaultValue = "code") String by,
            @RequestParam(defaultValue = "/") String back) {
        Optional<String> mobile = PhoneCodes.mobile(phone);
        if (!codes.ready() || mobile.isEmpty()) return refused(phone, back, codes.ready() ? "identity.phone.bad" : "identity.phone.closed");
        boolean link = by.equals("link");
        boolean sent = link ? codes.sendLink(request.getRemoteAddr(), mobile.get()) : codes.sendCode(request.getRemoteAddr(), mobile.get());
        if (!sent) return refused(phone, back, "identity.phone.wait");
        pending.put(request, response, Step.PHONE, STEP, mobile.get(), link ? "link" : "code", LocalPath.of(back));
        return Pages.done("/sign-in/code");
    }

    private static ModelAndView refused(String phone, String back, String key) {
        return Pages.refused("identity/signin/phone", new PhonePage(phone, LocalPath.of(back), true, List.of(new Refusal.Simple(key, "phone", List.of()))));
    }

    @GetMapping("/sign-in/code")
    ModelAndView code(HttpServletRequest request) {
        return pending.get(request, Step.PHONE)
                .map(p -> Pages.show("identity/signin/code", new CodePage(PhoneCodes.masked(p.get(0)), p.get(1).equals("link"), List.of())))
                .orElseGet(() -> Pages.done("/sign-in/phone"));
    }

    @PostMapping("/sign-in/code")
    ModelAndView enter(HttpServletRequest request, HttpServletResponse response, @RequestParam(defaultValue = "") String code) {
        Optional<List<String>> step = pending.get(request, Step.PHONE);
        if (step.isEmpty()) return Pages.done("/sign-in/phone");
        limits.check(Limit.SIGN_IN, request.getRemoteAddr());
        String phone = step.get().get(0);
        Optional<byte[]> trace = codes.use(phone, code);
        if (trace.isEmpty()) {
            limits.failed(Limit.SIGN_IN, request.getRemoteAddr());
            return Pages.refused(
                    "identity/signin/code", new CodePage(PhoneCodes.masked(phone), step.get().get(1).equals("link"), List.of(new Refusal.Simple("identity.phone.code_wrong", "code", List.of()))));
        }
        pending.clear(request, response, Step.PHONE);
        return proved(request, response, trace.get(), How.CODE, step.get().get(2));
    }

    /** Shows only: chat apps look at links before people do. */
    @GetMapping("/l/{secret}")
    ModelAndView link(HttpServletRequest request, @PathVariable String secret) {
        limits.check(Limit.SECRET, request.getRemoteAddr());
        boolean works = codes.linkWorks(secret);
        if (!works) limits.failed(Limit.SECRET, request.getRemoteAddr());
        ModelAndView view = Pages.show("identity/signin/link", new LinkPage(request.getRequestURI(), works));
        if (!works) view.setStatus(HttpStatus.GONE);
        return view;
    }

    @PostMapping("/l/{secret}")
    ModelAndView useLink(HttpServletRequest request, HttpServletResponse response, @PathVariable String secret) {
        limits.check(Limit.SECRET, request.getRemoteAddr());
        Optional<byte[]> trace = codes.useLink(secret);
        if (trace.isPresent()) return proved(request, response, trace.get(), How.LINK, "/");
        limits.failed(Limit.SECRET, request.getRemoteAddr());
        ModelAndView view = Pages.show("identity/signin/link", new LinkPage(request.getRequestURI(), false));
        view.setStatus(HttpStatus.GONE);
        return view;
    }

    private ModelAndView proved(HttpServletRequest request, HttpServletResponse response, byte[] trace, How how, String back) {
        List<PhoneCodes.Known> known = codes.known(trace);
        if (known.size() == 1) return open(request, response, known.getFirst().account(), trace, how, back);
        // Nobody has it any more: as if the code had been for a phone that nobody has.
        if (known.isEmpty()) return Pages.done("/sign-in/phone");
        pending.put(request, response, Step.PROVED, STEP, HexFormat.of().formatHex(trace), how.name(), back);
        return Pages.done("/sign-in/who");
    }

    private ModelAndView open(HttpServletRequest request, HttpServletResponse response, UUID account, byte[] trace, How how, String back) {
        codes.proved(account, trace);
        sessions.open(request, response, account, how, false);
        return Pages.done(LocalPath.of(back));
    }

    @GetMapping("/sign-in/who")
    ModelAndView who(HttpServletRequest request) {
        return pending.get(request, Step.PROVED)
                .map(p -> Pages.show("identity/signin/who", new WhoPage(codes.known(HexFormat.of().parseHex(p.get(0))).stream().map(k -> new WhoPage.Person(k.account(), k.name())).toList())))
                .orElseGet(() -> Pages.done("/sign-in/phone"));
    }

    @PostMapping("/sign-in/who")
    ModelAndView choose(HttpServletRequest request, HttpServletResponse response, @RequestParam(defaultValue = "") String account) {
        Optional<List<String>> step = pending.get(request, Step.PROVED);
        if (step.isEmpty()) return Pages.done("/sign-in/phone");
        byte[] trace = HexFormat.of().parseHex(step.get().get(0));
        UUID chosen = Ids.parse(account).filter(a -> codes.known(trace).stream().anyMatch(k -> k.account().equals(a))).orElseThrow(NotFound::new);
        pending.clear(request, response, Step.PROVED);
        return open(request, response, chosen, trace, How.valueOf(step.get().get(1).toUpperCase(Locale.ROOT)), step.get().get(2));
    }
}
