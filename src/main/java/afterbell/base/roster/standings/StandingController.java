package afterbell.base.roster.standings;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Pages;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class StandingController {
    private static final String PAGE = "roster/standings/page";

    private final ConfirmStandings standings;

    StandingController(ConfirmStandings standings) {
        this.standings = standings;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/standings")
    ModelAndView show(Wearer me) {
        return Pages.show(PAGE, standings.page(me, List.of()));
    }

    /** The second pair of eyes; what one has entered oneself is left for somebody else. */
    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @PostMapping("/standings/confirmations")
    ModelAndView confirm(Wearer me, @RequestParam(required = false) @Nullable List<UUID> row, RedirectAttributes redirect) {
        int confirmed = standings.confirm(me, row == null ? List.of() : row);
        if (confirmed == 0) return Pages.refused(PAGE, standings.page(me, List.of(new Refusal.Simple("roster.standing.refused.none"))));
        return Pages.done("/standings", redirect, "roster.standing.confirmed", confirmed);
    }

    /** Ends a standing from today; what it meant before stays as it was. */
    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @PostMapping("/standings/ends")
    ModelAndView end(Wearer me, @RequestParam UUID standing, RedirectAttributes redirect) {
        standings.end(me, standing);
        return Pages.done("/standings", redirect, "roster.standing.ended");
    }

    @Component
    static final class Nav implements NavSource {
        @Override
        public List<Item> items() {
            return List.of(new Item("/standings", "roster.nav.standings", "flag", 82, Set.of(Role.OFFICE, Role.PRINCIPAL)));
        }
    }
}
