package afterbell.day.dismissal.late;

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
@RequestMapping("/late")
@Allowed({Role.SERVICE_TEACHER, Role.CLASS_TEACHER, Role.GUARD, Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL})
final class LateController {
    private static final String PAGE = "dismissal/late/page";

    private final WaitLate late;

    LateController(WaitLate late) {
        this.late = late;
    }

    @GetMapping
    ModelAndView show(Wearer me) {
        return Pages.show(PAGE, late.page(me, LatePage.Typed.NOTHING, List.of()));
    }

    /** @param adult who was called @param reached whether somebody answered @param comes when that person said to come; may be empty */
    @PostMapping("/{pupil}/calls")
    ModelAndView call(
            Wearer me,
            @PathVariable UUID pupil,
            @RequestParam(defaultValue = "") String adult,
            @RequestParam(defaultValue = "") String reached,
            @RequestParam(defaultValue = "") String comes,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect) {
        return switch (late.call(me, pupil, adult, reached.equals("yes"), comes, key)) {
            case Outcome.Done<UUID> _ -> Pages.done("/late", redirect, "dismissal.flash.called");
            case Outcome.Refused<UUID> refused -> Pages.refused(PAGE, late.page(me, new LatePage.Typed(pupil, adult, comes), refused.refusals()));
        };
    }
}
