package afterbell.day.safety.incidents;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import afterbell.day.safety.Guidance;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whoever sees it happen opens it; who leads the school's day carries it on. */
@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
final class IncidentController {
    private static final String PAGE = "safety/incidents/incident";

    private final LeadIncident lead;
    private final ShowIncident show;
    private final Guidance guidance;
    private final Ids ids;

    IncidentController(LeadIncident lead, ShowIncident show, Guidance guidance, Ids ids) {
        this.lead = lead;
        this.show = show;
        this.guidance = guidance;
        this.ids = ids;
    }

    private static Typed nothing() {
        return new Typed(new LinkedMultiValueMap<>());
    }

    @Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GUARD})
    @GetMapping("/incidents")
    ModelAndView incidents(Wearer me) {
        return Pages.show("safety/incidents/incidents", show.list(me, List.of()));
    }

    @Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GUARD})
    @PostMapping("/incidents")
    ModelAndView open(Wearer me, @RequestParam MultiValueMap<String, String> typed, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        boolean drill = t.yes("drill");
        UUID id = lead.open(me, t.text("plan"), drill, t.key(ids));
        return Pages.done("/incidents/" + id, redirect, drill ? "safety.flash.drill" : "safety.flash.incident");
    }

    @Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GUARD})
    @GetMapping("/incidents/{id}")
    ModelAndView incident(Wearer me, @PathVariable UUID id, @RequestParam(defaultValue = "") String q) {
        return Pages.show(PAGE, show.page(me, id, q, "", nothing(), List.of()));
    }

    @PostMapping("/incidents/{id}/steps/{step}")
    ModelAndView tick(Wearer me, @PathVariable UUID id, @PathVariable int step, @RequestParam(defaultValue = "done") String act, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return answered(me, id, "", nothing(), lead.tick(me, id, step, !act.equals("undo"), key), redirect, "safety.flash.step");
    }

    @Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GUARD})
    @PostMapping("/incidents/{id}/rooms/{room}")
    ModelAndView count(Wearer me, @PathVariable UUID id, @PathVariable UUID room, @RequestParam MultiValueMap<String, String> typed, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        return answered(me, id, "count", t, lead.count(me, id, room, t, t.key(ids)), redirect, "safety.flash.counted");
    }

    @Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GUARD})
    @PostMapping("/incidents/{id}/notes")
    ModelAndView note(
            Wearer me, @PathVariable UUID id, @RequestParam MultiValueMap<String, String> typed, @RequestParam(required = false) @Nullable MultipartFile photo, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        return answered(me, id, "note", t, lead.note(me, id, t.text("note"), photo, t.key(ids)), redirect, "safety.flash.noted");
    }

    @PostMapping("/incidents/{id}/children/{child}")
    ModelAndView child(Wearer me, @PathVariable UUID id, @PathVariable UUID child, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return answered(me, id, "child", nothing(), lead.child(me, id, child, key), redirect, "safety.flash.child");
    }

    @PostMapping("/incidents/{id}/notices")
    ModelAndView tell(Wearer me, @PathVariable UUID id, @RequestParam MultiValueMap<String, String> typed, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        return answered(me, id, "told", t, lead.tell(me, id, t, t.key(ids)), redirect, "safety.flash.told");
    }

    @PostMapping("/incidents/{id}/closing")
    ModelAndView close(Wearer me, @PathVariable UUID id, @RequestParam MultiValueMap<String, String> typed, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        return answered(me, id, "closing", t, lead.close(me, id, t, t.key(ids)), redirect, "safety.flash.closed");
    }

    private ModelAndView answered(Wearer me, UUID id, String form, Typed typed, Outcome<UUID> outcome, RedirectAttributes redirect, String flash) {
        return switch (outcome) {
            case Outcome.Done<UUID> done -> Pages.done("/incidents/" + id, redirect, flash);
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused(PAGE, show.page(me, id, "", form, typed, no));
        };
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/incidents/plans/{plan}")
    ModelAndView plan(Wearer me, @PathVariable String plan, Locale locale) {
        return Pages.show("safety/incidents/plan", PlanText.page(guidance.plan(me.school(), plan), locale));
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @PostMapping("/incidents/plans/{plan}")
    ModelAndView change(Wearer me, @PathVariable String plan, @RequestParam MultiValueMap<String, String> typed, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        return switch (lead.change(me, plan, t, t.key(ids))) {
            case Outcome.Done<String> done -> Pages.done("/incidents", redirect, "safety.flash.plan");
            case Outcome.Refused<String>(List<Refusal> no) ->
                Pages.refused("safety/incidents/plan", new PlanPage(guidance.plan(me.school(), plan), t.text("steps"), t.text("calls"), t.text("title"), t.text("text"), t.yes("headcount"), no));
        };
    }
}
