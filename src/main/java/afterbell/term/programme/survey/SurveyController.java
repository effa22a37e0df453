package afterbell.term.programme.survey;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
final class SurveyController {
    private final AskFamilies survey;

    SurveyController(AskFamilies survey) {
        this.survey = survey;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/programme/survey")
    ModelAndView page(Wearer me) {
        return Pages.show("programme/survey/page", survey.page(me.school(), me.is(Role.OFFICE)));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/programme/survey")
    ModelAndView ask(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Optional<SurveyPage> refused = survey.ask(me.school(), new Typed(form));
        return refused.isPresent() ? Pages.refused("programme/survey/page", refused.get()) : Pages.done("/programme/survey", redirect, "programme.survey.asked");
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/programme/survey/closing")
    ModelAndView close(Wearer me, RedirectAttributes redirect) {
        survey.close(me.school());
        return Pages.done("/programme/survey", redirect, "programme.survey.closed");
    }

    @Allowed(Role.GUARDIAN)
    @GetMapping("/children/{child}/survey")
    ModelAndView ticks(Wearer me, @PathVariable UUID child) {
        return Pages.show("programme/survey/ticks", survey.ticks(schoolOf(me, child), child));
    }

    @Allowed(Role.GUARDIAN)
    @PostMapping("/children/{child}/survey")
    ModelAndView tick(Wearer me, @PathVariable UUID child, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Optional<TickPage> refused = survey.tick(schoolOf(me, child), child, new Typed(form));
        return refused.isPresent() ? Pages.refused("programme/survey/ticks", refused.get()) : Pages.done("/", redirect, "programme.survey.thanks");
    }

    private static UUID schoolOf(Wearer me, UUID child) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        return me.schoolOf(child);
    }
}
