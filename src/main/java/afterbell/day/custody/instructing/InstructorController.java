package afterbell.day.custody.instructing;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Cookies;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.PublicAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The link of an outside instructor: made and ended by the school, opened by whoever it was given to. */
@Controller
final class InstructorController {
    private static final String PAGE = "custody/instructing/links";
    private static final String NAMES = "custody/instructing/names";
    private static final String OVER = "custody/instructing/over";
    private static final String COOKIE = "instructor";
    private static final Duration KEPT = Duration.ofHours(12);
    private static final int MOST = 500;

    private final InstructorLinks links;
    private final PublicAddress address;

    InstructorController(InstructorLinks links, PublicAddress address) {
        this.links = links;
        this.address = address;
    }

    @GetMapping("/sessions/{session}/instructors")
    @Allowed({Role.SERVICE_TEACHER, Role.CLASS_TEACHER, Role.DUTY_LEADER, Role.OFFICE})
    ModelAndView show(Wearer me, @PathVariable UUID session) {
        return Pages.show(PAGE, links.page(me, session, null, null, List.of()));
    }

    /** The address is shown in the answer and never again. */
    @PostMapping("/sessions/{session}/instructors/{staff}/link")
    @Allowed({Role.SERVICE_TEACHER, Role.CLASS_TEACHER, Role.DUTY_LEADER, Role.OFFICE})
    ModelAndView make(Wearer me, @PathVariable UUID session, @PathVariable UUID staff) {
        return switch (links.make(me, session, staff)) {
            case Outcome.Done<String>(String secret) -> Pages.show(PAGE, links.page(me, session, address.of("/i/" + secret).toString(), staff, List.of()));
            case Outcome.Refused<String> refused -> Pages.refused(PAGE, links.page(me, session, null, null, refused.refusals()));
        };
    }

    @PostMapping("/sessions/{session}/instructors/{staff}/link/end")
    @Allowed({Role.SERVICE_TEACHER, Role.CLASS_TEACHER, Role.DUTY_LEADER, Role.OFFICE})
    ModelAndView end(Wearer me, @PathVariable UUID session, @PathVariable UUID staff, RedirectAttributes redirect) {
        links.end(me, session, staff);
        return Pages.done("/sessions/" + session + "/instructors", redirect, "custody.instructor.ended");
    }

    @GetMapping("/i/{secret}")
    @OpenToAll
    ModelAndView look(@PathVariable String secret, HttpServletRequest request, HttpServletResponse response) {
        hide(response);
        return page(secret, links.look(new Secret(secret), device(request)), -1);
    }

    @PostMapping("/i/{secret}")
    @OpenToAll
    ModelAndView open(@PathVariable String secret, HttpServletRequest request, HttpServletResponse response) {
        hide(response);
        Secret known = device(request);
        Secret device = known.text().isEmpty() ? Secret.fresh() : known;
        if (!links.open(new Secret(secret), device)) return page(secret, links.look(new Secret(secret), device), -1);
        Cookies.set(request, response, COOKIE, device.text(), KEPT);
        return Pages.done("/i/" + secret);
    }

    @PostMapping("/i/{secret}/proposal")
    @OpenToAll
    ModelAndView propose(@PathVariable String secret, @RequestParam(defaultValue = "") List<String> absent, HttpServletRequest request, HttpServletResponse response) {
        hide(response);
        if (absent.size() > MOST) throw new NotFound();
        Set<UUID> gone = absent.stream().filter(a -> !a.isEmpty()).map(a -> Ids.parse(a).orElseThrow(NotFound::new)).collect(Collectors.toSet());
        Optional<Integer> proposed = links.propose(new Secret(secret), device(request), gone);
        return page(secret, links.look(new Secret(secret), device(request)), proposed.orElse(-1));
    }

    private static ModelAndView page(String secret, Optional<InstructorLinks.Seen> seen, int proposed) {
        if (seen.isEmpty()) return Pages.show(OVER, new InstructorPage.Over());
        InstructorLinks.Seen s = seen.get();
        @Nullable List<InstructorPage.Name> list = s.list() == null ? null : s.list().stream().map(l -> new InstructorPage.Name(l.pupil(), l.name(), l.absent())).toList();
        return Pages.show(NAMES, new InstructorPage.Names("/i/" + secret, s.session().name(), s.session().room(), s.session(), s.taken(), list, proposed));
    }

    private static Secret device(HttpServletRequest request) {
        return new Secret(Cookies.value(request, COOKIE));
    }

    // The address is a secret: it goes to no other site and into no search engine, and no page of it is kept.
    private static void hide(HttpServletResponse response) {
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
        response.setHeader("Cache-Control", "no-store");
    }
}
