package afterbell.base.calendar.bells;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL})
class BellController {
    private final Calendars calendars;
    private final WriteBells writeBells;

    BellController(Calendars calendars, WriteBells writeBells) {
        this.calendars = calendars;
        this.writeBells = writeBells;
    }

    @GetMapping("/calendar/terms/{id}/bells")
    ModelAndView bells(@PathVariable UUID id, Wearer wearer) {
        Term term = calendars.term(wearer.school(), id);
        return Pages.show("calendar/bells/bells", new BellPage(term, BellForm.of(calendars.bells(wearer.school(), id)), List.of()));
    }

    @PostMapping("/calendar/terms/{id}/bells")
    ModelAndView write(@PathVariable UUID id, HttpServletRequest request, Wearer wearer, RedirectAttributes redirect) {
        BellForm form = BellForm.read(request.getParameterMap());
        return switch (writeBells.write(wearer, id, form)) {
            case Outcome.Done<Term> done -> Pages.done("/calendar/terms/" + id + "/bells", redirect, "calendar.bells.done");
            case Outcome.Refused<Term> refused -> Pages.refused("calendar/bells/bells", new BellPage(calendars.term(wearer.school(), id), form, refused.refusals()));
        };
    }
}
