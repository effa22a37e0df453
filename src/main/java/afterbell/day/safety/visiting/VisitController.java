package afterbell.day.safety.visiting;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import java.util.List;
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
@Allowed({Role.GUARD, Role.DUTY_LEADER, Role.OFFICE})
final class VisitController {
    private final VisitDesk desk;
    private final Ids ids;

    VisitController(VisitDesk desk, Ids ids) {
        this.desk = desk;
        this.ids = ids;
    }

    @Allowed({Role.GUARD, Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/visits")
    ModelAndView gate(Wearer me) {
        return Pages.show("safety/visiting/gate", desk.gate(me, List.of()));
    }

    @GetMapping("/visits/new")
    ModelAndView fresh(Wearer me) {
        return Pages.show("safety/visiting/fresh", desk.fresh(me, VisitForm.EMPTY, List.of()));
    }

    @PostMapping("/visits")
    ModelAndView ask(Wearer me, @RequestParam MultiValueMap<String, String> typed, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        VisitForm form = VisitForm.of(t);
        return switch (desk.ask(me, form, t.key(ids))) {
            case Outcome.Done<UUID> done -> Pages.done("/visits", redirect, "safety.flash.asked");
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("safety/visiting/fresh", desk.fresh(me, form, no));
        };
    }

    @PostMapping("/visits/{id}/entry")
    ModelAndView admit(Wearer me, @PathVariable UUID id, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return atGate(me, desk.admit(me, id, key), redirect, "safety.flash.entered");
    }

    @PostMapping("/visits/{id}/refusal")
    ModelAndView turnAway(Wearer me, @PathVariable UUID id, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return atGate(me, desk.turnAway(me, id, key), redirect, "safety.flash.refused");
    }

    @PostMapping("/visits/{id}/leaving")
    ModelAndView leave(Wearer me, @PathVariable UUID id, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return atGate(me, desk.leave(me, id, key), redirect, "safety.flash.left");
    }

    private ModelAndView atGate(Wearer me, Outcome<Visit> outcome, RedirectAttributes redirect, String flash) {
        return switch (outcome) {
            case Outcome.Done<Visit> done -> Pages.done("/visits", redirect, flash);
            case Outcome.Refused<Visit>(List<Refusal> no) -> Pages.refused("safety/visiting/gate", desk.gate(me, no));
        };
    }

    @Allowed({Role.GUARD, Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.FINANCE})
    @GetMapping("/visits/{id}")
    ModelAndView visit(Wearer me, @PathVariable UUID id) {
        return Pages.show("safety/visiting/visit", desk.page(me, id, List.of()));
    }

    /** The host's yes or no. */
    @Allowed({Role.GUARD, Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.FINANCE})
    @PostMapping("/visits/{id}/answer")
    ModelAndView answer(Wearer me, @PathVariable UUID id, @RequestParam(defaultValue = "") String answer, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        if (!answer.equals("yes") && !answer.equals("no")) return Pages.refused("safety/visiting/visit", desk.page(me, id, List.of(new Refusal.Simple("safety.visit.refused.answer"))));
        return switch (desk.answer(me, id, answer.equals("yes"), key)) {
            case Outcome.Done<Visit> done -> Pages.done("/visits/" + id, redirect, answer.equals("yes") ? "safety.flash.host_yes" : "safety.flash.host_no");
            case Outcome.Refused<Visit>(List<Refusal> no) -> Pages.refused("safety/visiting/visit", desk.page(me, id, no));
        };
    }

    /** Shows the telephone number once; the number stands in the answer alone. */
    @PostMapping("/visits/{id}/phone")
    ModelAndView phone(Wearer me, @PathVariable UUID id) {
        String number = desk.phone(me, id).orElseThrow(NotFound::new);
        VisitPage page = desk.page(me, id, List.of());
        return Pages.show("safety/visiting/visit", new VisitPage(page.visit(), page.name(), number, page.plate(), page.note(), page.hostName(), page.host(), false, page.steps(), List.of()));
    }

    @Allowed({Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.FINANCE})
    @GetMapping("/visits/invitations")
    ModelAndView invitations(Wearer me) {
        return Pages.show("safety/visiting/invitations", desk.invitations(me, VisitForm.EMPTY, List.of()));
    }

    @Allowed({Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.FINANCE})
    @PostMapping("/visits/invitations")
    ModelAndView announce(Wearer me, @RequestParam MultiValueMap<String, String> typed, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        VisitForm form = VisitForm.of(t);
        return switch (desk.announce(me, form, t.date("day"), t.key(ids))) {
            case Outcome.Done<UUID> done -> Pages.done("/visits/invitations", redirect, "safety.flash.announced");
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("safety/visiting/invitations", desk.invitations(me, form, no));
        };
    }

    @Allowed({Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.FINANCE})
    @PostMapping("/visits/{id}/withdrawal")
    ModelAndView withdraw(Wearer me, @PathVariable UUID id, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return switch (desk.withdraw(me, id, key)) {
            case Outcome.Done<Visit> done -> Pages.done("/visits/invitations", redirect, "safety.flash.withdrawn");
            case Outcome.Refused<Visit>(List<Refusal> no) -> Pages.refused("safety/visiting/invitations", desk.invitations(me, VisitForm.EMPTY, no));
        };
    }
}
