package afterbell.term.programme.duties;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
final class DutiesController {
    private final PlanDuties planDuties;

    DutiesController(PlanDuties planDuties) {
        this.planDuties = planDuties;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.GRADE_HEAD, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.DUTY_LEADER, Role.SUPERVISOR})
    @GetMapping("/programme/duties")
    ModelAndView duties(Wearer me, @RequestParam MultiValueMap<String, String> query) {
        Typed asked = new Typed(query);
        return Pages.show("programme/duties/page", planDuties.page(me.school(), asked.id("term").orElse(null), asked.number("day").orElse(0), me.is(Role.OFFICE)));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/programme/duties")
    ModelAndView write(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        Optional<DutiesPage> refused = planDuties.write(me.school(), typed);
        return refused.isPresent()
                ? Pages.refused("programme/duties/page", refused.get())
                : Pages.done("/programme/duties?day=" + typed.number("day").orElse(1), redirect, "programme.duties.done");
    }
}
