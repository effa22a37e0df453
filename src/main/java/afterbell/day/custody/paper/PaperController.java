package afterbell.day.custody.paper;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** A person's own rolls on paper; whoever leads the day prints those of the school. */
@Controller
@Allowed({Role.SERVICE_TEACHER, Role.CLASS_TEACHER, Role.DUTY_LEADER})
final class PaperController {
    private final PaperStore store;
    private final Clock clock;

    PaperController(PaperStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @GetMapping("/afternoon/paper")
    ModelAndView show(Wearer me) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        return Pages.show("custody/paper/rolls", new PaperPage(today, store.sheets(me, today)));
    }
}
