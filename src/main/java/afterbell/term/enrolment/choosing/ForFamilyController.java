package afterbell.term.enrolment.choosing;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.SheetCommand;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The whole sheet of one child, typed for a family that answers on paper or by telephone: as many wishes and nuances as a phone takes (P18). Nothing is saved before
 * the person says so, and then the family is told and may object.
 */
@Controller
@Allowed({Role.CLASS_TEACHER, Role.OFFICE})
final class ForFamilyController {
    private static final String SHEET = "enrolment/choosing/sheet";

    private final Enrolments enrolments;
    private final ShowSheet showSheet;
    private final Clock clock;

    ForFamilyController(Enrolments enrolments, ShowSheet showSheet, Clock clock) {
        this.enrolments = enrolments;
        this.showSheet = showSheet;
        this.clock = clock;
    }

    @GetMapping("/classes/{schoolClass}/round/{round}/children/{child}")
    ModelAndView show(Wearer me, @PathVariable UUID schoolClass, @PathVariable UUID round, @PathVariable UUID child) {
        answersFor(me, schoolClass);
        SheetPage page = showSheet.forFamily(me, schoolClass, round, child, null, List.of());
        return page.round().takesAnswersAt(clock.instant()) ? Pages.show(SHEET, page) : Pages.done(page.back());
    }

    @PostMapping("/classes/{schoolClass}/round/{round}/children/{child}")
    ModelAndView save(
            Wearer me,
            @PathVariable UUID schoolClass,
            @PathVariable UUID round,
            @PathVariable UUID child,
            @RequestParam("_key") UUID key,
            @RequestParam(defaultValue = "") String move,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        Instant at = clock.instant();
        answersFor(me, schoolClass);
        SheetForm typed = SheetForm.of(request.getParameterMap());
        SheetPage page = showSheet.forFamily(me, schoolClass, round, child, typed, List.of());
        // Without JavaScript each tap on a wish comes here; it is shown again, not saved yet.
        if (!move.isEmpty()) return Pages.refused(SHEET, showSheet.forFamily(me, schoolClass, round, child, showSheet.moved(typed, move, me.school(), round, child), List.of()));
        if (typed.part() == null) return refused(me, schoolClass, round, child, typed, List.of(new Refusal.Simple("enrolment.refused.no_answer", "part", List.of())));
        return switch (enrolments.save(new SheetCommand(me.school(), child, round, typed.sheet(), typed.version(), me.account(), true, true, key, at))) {
            case Outcome.Refused<Integer>(List<Refusal> refusals) -> refused(me, schoolClass, round, child, typed, refusals);
            case Outcome.Done<Integer> done -> Pages.done(page.back(), redirect, "enrolment.class.flash.entered", 1);
        };
    }

    private ModelAndView refused(Wearer me, UUID schoolClass, UUID round, UUID child, SheetForm typed, List<Refusal> refusals) {
        return Pages.refused(SHEET, showSheet.forFamily(me, schoolClass, round, child, typed, refusals));
    }

    private static void answersFor(Wearer me, UUID schoolClass) {
        if (!me.is(Role.OFFICE) && !me.classes().contains(schoolClass)) throw new NotFound();
    }
}
