package afterbell.term.placement.announcing;

import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Pages;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** Needs no sign-in: a draw is believed by those who could read beforehand how it would be done. */
@Controller
@OpenToAll
final class AnnouncementController {
    private final ShowAnnouncement show;
    private final Schools schools;

    AnnouncementController(ShowAnnouncement show, Schools schools) {
        this.show = show;
        this.schools = schools;
    }

    @GetMapping("/schools/{code}/draws")
    ModelAndView rounds(@PathVariable String code) {
        UUID school = school(code);
        return Scopes.publicly(school, () -> {
            School shown = schools.get(school);
            return Pages.show("placement/announcing/rounds", new AnnouncedRoundsPage(shown.name(), shown.code(), show.rounds(school)));
        });
    }

    @GetMapping("/schools/{code}/draws/{round}")
    ModelAndView round(@PathVariable String code, @PathVariable UUID round) {
        UUID school = school(code);
        return Scopes.publicly(school, () -> Pages.show("placement/announcing/round", show.round(schools.get(school), round)));
    }

    private UUID school(String code) {
        return Scopes.within(Scope.DOOR, () -> schools.byCode(code)).orElseThrow(NotFound::new);
    }
}
