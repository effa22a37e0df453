package afterbell.term.staffing.people;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
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

@Controller("talentsController")
final class PeopleController {
    private final KeepTalents talents;

    PeopleController(KeepTalents talents) {
        this.talents = talents;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.GRADE_HEAD})
    @GetMapping("/staffing")
    ModelAndView list(Wearer me, HttpServletRequest request) {
        return Pages.show("staffing/people/list", talents.list(me.school(), request.getParameterMap(), me.is(Role.OFFICE)));
    }

    @Allowed(Role.OFFICE)
    @GetMapping("/staffing/people/{id}")
    ModelAndView person(Wearer me, @PathVariable UUID id) {
        return Pages.show("staffing/people/person", talents.page(me.school(), id, List.of()));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/staffing/people/{id}")
    ModelAndView keep(Wearer me, @PathVariable UUID id, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Optional<PersonPage> refused = talents.keep(me.school(), id, new Typed(form));
        return refused.isPresent() ? Pages.refused("staffing/people/person", refused.get()) : Pages.done("/staffing", redirect, "staffing.person.done");
    }
}
