package afterbell.base.roster.goinghome;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/children/{child}/going-home")
@Allowed(Role.GUARDIAN)
final class GoingHomeController {
    private static final String PAGE = "roster/goinghome/page";

    private final GoHome home;

    GoingHomeController(GoHome home) {
        this.home = home;
    }

    @GetMapping
    ModelAndView show(Wearer me, @PathVariable UUID child) {
        return Pages.show(PAGE, home.page(me, child, GoingHomePage.Typed.NOTHING, List.of()));
    }

    @PostMapping("/collectors")
    ModelAndView add(Wearer me, @PathVariable UUID child, @RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String relation, RedirectAttributes redirect) {
        GoingHomePage.Typed typed = new GoingHomePage.Typed(name, relation);
        return switch (home.add(me, child, typed)) {
            case Outcome.Done<UUID> done -> Pages.done("/children/" + child + "/going-home", redirect, "roster.home.added");
            case Outcome.Refused<UUID> refused -> Pages.refused(PAGE, home.page(me, child, typed, refused.refusals()));
        };
    }

    @PostMapping("/collectors/{adult}/removal")
    ModelAndView remove(Wearer me, @PathVariable UUID child, @PathVariable UUID adult, RedirectAttributes redirect) {
        if (!home.remove(me, child, adult)) throw new NotFound();
        return Pages.done("/children/" + child + "/going-home", redirect, "roster.home.removed");
    }

    @PostMapping("/consents")
    ModelAndView consent(Wearer me, @PathVariable UUID child, @RequestParam(defaultValue = "") List<String> walk, @RequestParam(defaultValue = "") List<String> line, RedirectAttributes redirect) {
        return switch (home.consent(me, child, days(walk), days(line))) {
            case Outcome.Done<Boolean> done -> Pages.done("/children/" + child + "/going-home", redirect, "roster.home.saved");
            case Outcome.Refused<Boolean> refused -> {
                GoingHomePage saved = home.page(me, child, GoingHomePage.Typed.NOTHING, refused.refusals());
                yield Pages.refused(
                        PAGE,
                        new GoingHomePage(saved.child(), saved.name(), saved.className(), saved.others(), saved.collectors(), java.util.Set.copyOf(walk), java.util.Set.copyOf(line), saved.typed(), refused.refusals()));
            }
        };
    }

    private static List<Integer> days(List<String> typed) {
        return typed.stream().filter(d -> d.matches("[1-5]")).map(Integer::parseInt).distinct().sorted().toList();
    }
}
