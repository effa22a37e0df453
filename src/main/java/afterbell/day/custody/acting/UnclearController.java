package afterbell.day.custody.acting;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** Both versions of what does not go together. */
@Controller
@Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.OFFICE, Role.DUTY_LEADER, Role.GUARD})
final class UnclearController {
    private final Unclear unclear;

    UnclearController(Unclear unclear) {
        this.unclear = unclear;
    }

    @GetMapping("/afternoon/unclear")
    ModelAndView show(Wearer me) {
        return Pages.show("custody/acting/unclear", unclear.page(me));
    }
}
