package afterbell.day.dismissal.rides;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The list of a bus or dormitory: one tap for all, one for each child that stays behind. */
@Controller
@RequestMapping("/rides/{ride}")
@Allowed({Role.SERVICE_TEACHER, Role.CLASS_TEACHER, Role.GUARD, Role.DUTY_LEADER})
final class RideController {
    private static final String PAGE = "dismissal/rides/ride";
    private static final int MOST = 500;

    private final ShowRide show;
    private final Release release;

    RideController(ShowRide show, Release release) {
        this.show = show;
        this.release = release;
    }

    @GetMapping
    ModelAndView show(Wearer me, @PathVariable UUID ride) {
        return Pages.show(PAGE, show.page(me, ride, Set.of(), List.of()));
    }

    @PostMapping("/release")
    @Fresh
    ModelAndView release(
            Wearer me,
            @PathVariable UUID ride,
            @RequestParam(defaultValue = "") List<String> child,
            @RequestParam(defaultValue = "") List<String> stays,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect) {
        Set<UUID> staying = ids(stays);
        RidePage page = show.page(me, ride, staying, List.of());
        return switch (release.ride(me, ride, ids(child), staying, key)) {
            case Outcome.Done<Integer> done -> Pages.done("/gate", redirect, "dismissal.flash.rode", done.value(), page.ride().name());
            case Outcome.Refused<Integer> refused -> Pages.refused(PAGE, show.page(me, ride, staying, refused.refusals()));
        };
    }

    private static Set<UUID> ids(List<String> typed) {
        if (typed.size() > MOST) throw new NotFound();
        return typed.stream().filter(t -> !t.isEmpty()).map(t -> Ids.parse(t).orElseThrow(NotFound::new)).collect(Collectors.toSet());
    }
}
