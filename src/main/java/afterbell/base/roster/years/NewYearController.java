package afterbell.base.roster.years;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/new-year")
@Allowed(Role.OFFICE)
@Fresh
final class NewYearController {
    private static final String PAGE = "roster/years/page";

    private final TurnYear year;
    private final Clock clock;

    NewYearController(TurnYear year, Clock clock) {
        this.year = year;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView show(Wearer me) {
        return Pages.show(PAGE, year.page(me.school(), today(), List.of()));
    }

    /** @param from the year that the page showed, so that what is confirmed is what was seen */
    @PostMapping
    ModelAndView turn(Wearer me, @RequestParam(defaultValue = "") String from, RedirectAttributes redirect) {
        int shown = from.matches("\\d{4}") ? Integer.parseInt(from) : 0;
        return switch (year.turn(me.school(), shown, today(), me.account())) {
            case Outcome.Done<TurnYear.Turned>(TurnYear.Turned turned) -> Pages.done("/pupils", redirect, turned.classes() == 0 ? "roster.year.again" : "roster.year.done", turned.classes(), turned.moved(), turned.leaving());
            case Outcome.Refused<TurnYear.Turned> refused -> Pages.refused(PAGE, year.page(me.school(), today(), refused.refusals()));
        };
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
