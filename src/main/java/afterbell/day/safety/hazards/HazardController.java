package afterbell.day.safety.hazards;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

@Controller
@Allowed({Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL, Role.GUARD})
final class HazardController {
    private final HazardRounds rounds;
    private final Ids ids;

    HazardController(HazardRounds rounds, Ids ids) {
        this.rounds = rounds;
        this.ids = ids;
    }

    private static Typed nothing() {
        return new Typed(new LinkedMultiValueMap<>());
    }

    @Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GUARD, Role.SUPERVISOR})
    @GetMapping("/hazards")
    ModelAndView hazards(Wearer me) {
        return Pages.show("safety/hazards/hazards", rounds.page(me));
    }

    @GetMapping("/hazards/new")
    ModelAndView fresh(Wearer me) {
        return Pages.show("safety/hazards/fresh", rounds.fresh(me, nothing(), List.of()));
    }

    @PostMapping("/hazards")
    ModelAndView report(Wearer me, @RequestParam MultiValueMap<String, String> typed, @RequestParam(required = false) @Nullable MultipartFile photo, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        return switch (rounds.report(me, t, photo, t.key(ids))) {
            case Outcome.Done<UUID>(UUID id) -> Pages.done("/hazards/" + id, redirect, "safety.flash.hazard");
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("safety/hazards/fresh", rounds.fresh(me, t, no));
        };
    }

    @GetMapping("/hazards/rounds/{check}")
    ModelAndView round(Wearer me, @PathVariable String check) {
        return Pages.show("safety/hazards/round", rounds.roundPage(me, check, nothing(), List.of()));
    }

    @PostMapping("/hazards/rounds/{check}")
    ModelAndView round(
            Wearer me, @PathVariable String check, @RequestParam MultiValueMap<String, String> typed, @RequestParam Map<String, MultipartFile> files, Locale locale, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        return switch (rounds.round(me, check, t, files, t.key(ids), locale)) {
            case Outcome.Done<Integer>(Integer found) -> Pages.done("/hazards", redirect, found == 0 ? "safety.flash.round_clear" : "safety.flash.round_found", found);
            case Outcome.Refused<Integer>(List<Refusal> no) -> Pages.refused("safety/hazards/round", rounds.roundPage(me, check, t, no));
        };
    }

    @Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GUARD, Role.SUPERVISOR})
    @GetMapping("/hazards/{id}")
    ModelAndView hazard(Wearer me, @PathVariable UUID id) {
        return Pages.show("safety/hazards/hazard", rounds.hazardPage(me, id, "", List.of()));
    }

    @Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GUARD})
    @PostMapping("/hazards/{id}/mending")
    ModelAndView mend(
            Wearer me, @PathVariable UUID id, @RequestParam MultiValueMap<String, String> typed, @RequestParam(required = false) @Nullable MultipartFile photo, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        return answered(me, id, t.text("note"), rounds.mend(me, id, t.text("note"), photo, t.key(ids)), redirect, "safety.flash.mended");
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
    @PostMapping("/hazards/{id}/confirmation")
    ModelAndView judge(Wearer me, @PathVariable UUID id, @RequestParam MultiValueMap<String, String> typed, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        boolean good = t.text("answer").equals("good");
        return answered(me, id, t.text("note"), rounds.judge(me, id, good, t.text("note"), t.key(ids)), redirect, good ? "safety.flash.confirmed" : "safety.flash.reopened");
    }

    private ModelAndView answered(Wearer me, UUID id, String note, Outcome<UUID> outcome, RedirectAttributes redirect, String flash) {
        return switch (outcome) {
            case Outcome.Done<UUID> done -> Pages.done("/hazards/" + id, redirect, flash);
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("safety/hazards/hazard", rounds.hazardPage(me, id, note, no));
        };
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/hazards/checklists/{check}")
    ModelAndView checklist(Wearer me, @PathVariable String check, Locale locale) {
        return Pages.show("safety/hazards/checklist", rounds.checklist(me, check, locale));
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @PostMapping("/hazards/checklists/{check}")
    ModelAndView change(Wearer me, @PathVariable String check, @RequestParam MultiValueMap<String, String> typed, Locale locale, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        return switch (rounds.change(me, check, t, t.key(ids))) {
            case Outcome.Done<String> done -> Pages.done("/hazards", redirect, "safety.flash.checklist");
            case Outcome.Refused<String>(List<Refusal> no) ->
                Pages.refused("safety/hazards/checklist", new ChecklistPage(rounds.checklist(me, check, locale).check(), t.text("every"), t.text("mend"), t.text("items"), no));
        };
    }
}
