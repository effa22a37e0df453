package afterbell.day.dismissal.clearing;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
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
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/clearing")
final class ClearingController {
    private static final String PAGE = "dismissal/clearing/page";

    private final Clearing clearing;

    ClearingController(Clearing clearing) {
        this.clearing = clearing;
    }

    @GetMapping
    @Allowed({Role.DUTY_LEADER, Role.SERVICE_TEACHER, Role.OFFICE, Role.PRINCIPAL})
    ModelAndView show(Wearer me) {
        return Pages.show(PAGE, clearing.page(me, List.of()));
    }

    @PostMapping("/strangers/{stranger}/seen")
    @Allowed({Role.DUTY_LEADER, Role.SERVICE_TEACHER})
    ModelAndView seen(Wearer me, @PathVariable UUID stranger, RedirectAttributes redirect) {
        clearing.seen(me, stranger);
        return Pages.done("/clearing", redirect, "dismissal.flash.stranger_seen");
    }

    @PostMapping
    @Fresh
    @Allowed({Role.DUTY_LEADER, Role.SERVICE_TEACHER})
    ModelAndView clear(Wearer me, RedirectAttributes redirect) {
        return switch (clearing.clear(me)) {
            case Outcome.Done<Boolean> _ -> Pages.done("/clearing", redirect, "dismissal.flash.cleared");
            case Outcome.Refused<Boolean> refused -> Pages.refused(PAGE, clearing.page(me, refused.refusals()));
        };
    }
}
