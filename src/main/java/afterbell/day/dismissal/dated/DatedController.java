package afterbell.day.dismissal.dated;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.day.dismissal.Release;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The dated list. With a network a tap on it is an ordinary release, which the house may refuse. */
@Controller
@RequestMapping(DatedController.PATH)
@Allowed({Role.SERVICE_TEACHER, Role.CLASS_TEACHER, Role.GUARD, Role.DUTY_LEADER})
final class DatedController {
    static final String PATH = "/gate/list";
    private static final String PAGE = "dismissal/dated/list";
    private static final String WALKS = "walk";
    private static final int MOST = 5_000;

    private final ShowDated show;
    private final Release release;

    DatedController(ShowDated show, Release release) {
        this.show = show;
        this.release = release;
    }

    @GetMapping
    ModelAndView list(Wearer me) {
        return Pages.show(PAGE, show.page(me, List.of()));
    }

    /** @param hand a child and who takes it, or that it walks home: {@code child.adult} or {@code child.walk} @param seen children whose names the page said to be like another's */
    @PostMapping
    @Fresh
    ModelAndView hand(Wearer me, @RequestParam(defaultValue = "") String hand, @RequestParam(defaultValue = "") List<String> seen, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        int dot = hand.indexOf('.');
        if (dot < 0) throw new NotFound();
        UUID pupil = Ids.parse(hand.substring(0, dot)).orElseThrow(NotFound::new);
        String to = hand.substring(dot + 1);
        if (seen.size() > MOST) throw new NotFound();
        Set<UUID> known = seen.stream().filter(s -> !s.isEmpty()).map(s -> Ids.parse(s).orElseThrow(NotFound::new)).collect(Collectors.toSet());
        Outcome<String> outcome = to.equals(WALKS) ? release.walk(me, pupil, known, key) : release.hand(me, pupil, Ids.parse(to).orElseThrow(NotFound::new), "", known, key);
        return switch (outcome) {
            case Outcome.Done<String> _ -> Pages.done(PATH, redirect, "dismissal.flash.by_list");
            case Outcome.Refused<String> refused -> Pages.refused(PAGE, show.page(me, refused.refusals()));
        };
    }
}
