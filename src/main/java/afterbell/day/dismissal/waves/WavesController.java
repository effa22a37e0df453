package afterbell.day.dismissal.waves;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

@Controller
@Allowed({Role.SERVICE_TEACHER, Role.CLASS_TEACHER, Role.GUARD, Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL})
final class WavesController {
    private final ShowWaves waves;

    WavesController(ShowWaves waves) {
        this.waves = waves;
    }

    @GetMapping("/waves")
    ModelAndView show(Wearer me) {
        return Pages.show("dismissal/waves/page", waves.page(me));
    }
}
