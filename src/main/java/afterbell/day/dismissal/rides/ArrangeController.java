package afterbell.day.dismissal.rides;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the grades leave, which buses run, who keeps the dormitories. */
@Controller
@RequestMapping("/ways-home")
@Allowed(Role.OFFICE)
final class ArrangeController {
    private static final String PAGE = "dismissal/rides/arrange";

    private final ArrangeWays ways;

    ArrangeController(ArrangeWays ways) {
        this.ways = ways;
    }

    @GetMapping
    ModelAndView show(Wearer me) {
        return Pages.show(PAGE, ways.page(me, ArrangePage.Typed.NOTHING, List.of()));
    }

    @PostMapping("/bands")
    ModelAndView band(Wearer me, @RequestParam String band, @RequestParam String way, RedirectAttributes redirect) {
        ways.band(me, band, way);
        return Pages.done("/ways-home", redirect, "dismissal.flash.band." + way);
    }

    @PostMapping("/keepers")
    ModelAndView add(
            Wearer me,
            @RequestParam(defaultValue = "bus") String kind,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String keeper,
            @RequestParam(defaultValue = "") String stops,
            @RequestParam(defaultValue = "") Set<String> weekday,
            @RequestParam(defaultValue = "") String gender,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect) {
        ArrangePage.Typed typed = new ArrangePage.Typed(kind, name, keeper, stops, weekday, gender);
        return switch (ways.add(me, typed, key)) {
            case Outcome.Done<UUID> _ -> Pages.done("/ways-home", redirect, "dismissal.flash.keeper_added");
            case Outcome.Refused<UUID> refused -> Pages.refused(PAGE, ways.page(me, typed, refused.refusals()));
        };
    }

    @PostMapping("/keepers/{keeper}/removal")
    ModelAndView retire(Wearer me, @PathVariable UUID keeper, RedirectAttributes redirect) {
        if (!ways.retire(me, keeper)) throw new NotFound();
        return Pages.done("/ways-home", redirect, "dismissal.flash.keeper_retired");
    }
}
