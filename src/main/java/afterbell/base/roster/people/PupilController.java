package afterbell.base.roster.people;

import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/pupils")
@Allowed(Role.OFFICE)
final class PupilController {
    private static final String PAGE = "roster/people/pupil";
    private static final String NEW = "roster/people/add";

    private final ChangePupil change;
    private final Roster roster;

    PupilController(ChangePupil change, Roster roster) {
        this.change = change;
        this.roster = roster;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/{pupil}")
    ModelAndView show(Wearer me, @PathVariable UUID pupil) {
        return Pages.show(PAGE, change.page(me, pupil, null, List.of()));
    }

    @PostMapping("/{pupil}")
    ModelAndView correct(
            Wearer me,
            @PathVariable UUID pupil,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String gender,
            @RequestParam(defaultValue = "") String birthday,
            @RequestParam(defaultValue = "") String seat,
            RedirectAttributes redirect) {
        PupilPage.Typed typed = new PupilPage.Typed(name, gender, birthday, seat, "");
        return switch (change.correct(me, pupil, typed)) {
            case Outcome.Done<UUID> done -> Pages.done("/pupils/" + pupil, redirect, "roster.pupil.corrected");
            case Outcome.Refused<UUID> refused -> Pages.refused(PAGE, change.page(me, pupil, typed, refused.refusals()));
        };
    }

    @PostMapping("/{pupil}/class")
    ModelAndView move(Wearer me, @PathVariable UUID pupil, @RequestParam(defaultValue = "") String to, RedirectAttributes redirect) {
        return switch (change.move(me, pupil, Ids.parse(to).orElse(null))) {
            case Outcome.Done<UUID> done -> Pages.done("/pupils/" + pupil, redirect, "roster.pupil.moved");
            case Outcome.Refused<UUID> refused -> Pages.refused(PAGE, change.page(me, pupil, null, refused.refusals()));
        };
    }

    @PostMapping("/{pupil}/departure")
    ModelAndView leave(Wearer me, @PathVariable UUID pupil, @RequestParam(defaultValue = "") String firstAway, RedirectAttributes redirect) {
        return switch (change.leave(me, pupil, firstAway)) {
            case Outcome.Done<Boolean>(Boolean gone) -> Pages.done(gone ? "/pupils" : "/pupils/" + pupil, redirect, gone ? "roster.pupil.left" : "roster.pupil.leaving");
            case Outcome.Refused<Boolean> refused -> Pages.refused(PAGE, change.page(me, pupil, null, refused.refusals()));
        };
    }

    @PostMapping("/{pupil}/departure/removal")
    ModelAndView stay(Wearer me, @PathVariable UUID pupil, RedirectAttributes redirect) {
        change.stay(me, pupil);
        return Pages.done("/pupils/" + pupil, redirect, "roster.pupil.stays");
    }

    @PostMapping("/{pupil}/people/{adult}/removal")
    ModelAndView removeAdult(Wearer me, @PathVariable UUID pupil, @PathVariable UUID adult, RedirectAttributes redirect) {
        change.removeAdult(me, pupil, adult);
        return Pages.done("/pupils/" + pupil, redirect, "roster.pupil.adult_removed");
    }

    @GetMapping("/new")
    ModelAndView form(Wearer me, @RequestParam(name = "class", defaultValue = "") String klass) {
        return Pages.show(NEW, newPage(me, klass, new PupilPage.Typed("", "", "", "", ""), false, List.of()));
    }

    private PupilPage.NewPage newPage(Wearer me, String klass, PupilPage.Typed typed, boolean twin, List<? extends Refusal> refusals) {
        return new PupilPage.NewPage(roster.classes(me.school()), klass, typed, twin, null, refusals);
    }

    @PostMapping("/new")
    ModelAndView add(
            Wearer me,
            @RequestParam(defaultValue = "") String schoolClass,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String gender,
            @RequestParam(defaultValue = "") String birthday,
            @RequestParam(defaultValue = "") String seat,
            @RequestParam(defaultValue = "false") boolean twin,
            RedirectAttributes redirect) {
        PupilPage.Typed typed = new PupilPage.Typed(name, gender, birthday, seat, "");
        return switch (change.add(me, Ids.parse(schoolClass).orElse(null), typed, twin)) {
            case Outcome.Done<UUID>(UUID id) -> Pages.done("/pupils/" + id, redirect, "roster.pupil.joined");
            case Outcome.Refused<UUID> refused -> Pages.refused(NEW, newPage(me, schoolClass, typed, refused.refusals().stream().anyMatch(r -> r.field().equals("twin")), refused.refusals()));
        };
    }
}
