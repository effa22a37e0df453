package afterbell.day.safety.passing;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed({Role.GUARD, Role.DUTY_LEADER, Role.OFFICE})
final class PassController {
    private final LeavePasses passes;

    PassController(LeavePasses passes) {
        this.passes = passes;
    }

    @GetMapping("/passes")
    ModelAndView passes(Wearer me, @RequestParam(defaultValue = "") String q) {
        return Pages.show("safety/passing/passes", passes.page(me, q));
    }

    @GetMapping("/passes/{child}")
    ModelAndView pass(Wearer me, @PathVariable UUID child) {
        return Pages.show("safety/passing/pass", passes.pass(me, child, List.of()));
    }

    @PostMapping("/passes/{child}/leaving")
    ModelAndView letOut(Wearer me, @PathVariable UUID child, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return switch (passes.letOut(me, child, key)) {
            case Outcome.Done<Pass>(Pass pass) -> Pages.done("/passes", redirect, "safety.flash.let_out", pass.name());
            case Outcome.Refused<Pass>(List<Refusal> no) -> Pages.refused("safety/passing/pass", passes.pass(me, child, no));
        };
    }
}
