package afterbell.term.timetable.objecting;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.term.timetable.Objections;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
final class ObjectionController {
    private static final String PAGE = "timetable/objecting/objections";

    private final Objections objections;
    private final RaiseObjection raiseObjection;
    private final Calendars calendars;
    private final Clock clock;

    ObjectionController(Objections objections, RaiseObjection raiseObjection, Calendars calendars, Clock clock) {
        this.objections = objections;
        this.raiseObjection = raiseObjection;
        this.calendars = calendars;
        this.clock = clock;
    }

    /** The form stands on the child's week; a refusal is shown there too. */
    @Allowed(Role.GUARDIAN)
    @PostMapping("/children/{child}/objections")
    ModelAndView raise(Wearer me, @PathVariable UUID child, @RequestParam(defaultValue = "") String about, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        UUID school = me.schoolOf(child);
        String week = "/children/" + child + "/week";
        return switch (raiseObjection.raise(school, term(school), child, about, me.account(), key)) {
            case Outcome.Refused<UUID>(List<Refusal> refusals) -> Pages.refused("timetable/objecting/refused", new RefusedPage(week, refusals));
            case Outcome.Done<UUID> done -> Pages.done(week + "#objection", redirect, "timetable.objection.flash.raised");
        };
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/objections")
    ModelAndView all(Wearer me) {
        return Pages.show(PAGE, page(me, List.of()));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/objections/{objection}")
    ModelAndView answer(Wearer me, @PathVariable UUID objection, @RequestParam(defaultValue = "") String answer, RedirectAttributes redirect) {
        if (!Objections.ANSWERS.contains(answer)) return Pages.refused(PAGE, page(me, List.of(new Refusal.Simple("timetable.objection.refused.answer"))));
        objections.answer(me.school(), objection, answer, me.account());
        return Pages.done("/objections", redirect, "timetable.objection.flash.answered");
    }

    private ObjectionsPage page(Wearer me, List<Refusal> refusals) {
        UUID school = me.school();
        UUID term = term(school);
        Optional<Objections.Publication> result = objections.published(school, term);
        return new ObjectionsPage(
                result.map(Objections.Publication::until).orElse(null),
                result.filter(r -> r.openAt(clock.instant())).isPresent(),
                me.is(Role.OFFICE),
                objections.all(school, term, null),
                objections.corrections(school, term),
                refusals);
    }

    private UUID term(UUID school) {
        return calendars.termAt(school, LocalDate.ofInstant(clock.instant(), Screen.ZONE)).map(Term::id).orElseThrow(NotFound::new);
    }
}
