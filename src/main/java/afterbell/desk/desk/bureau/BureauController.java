package afterbell.desk.desk.bureau;

import afterbell.base.identity.Invitations;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.print.Qr;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.PublicAddress;
import afterbell.base.shared.web.Typed;
import afterbell.desk.desk.NewSchool;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/bureau/schools")
@Allowed(Role.BUREAU)
@Fresh
final class BureauController {
    private static final String FORM = "desk/bureau/open";

    private final OpenSchool openSchool;
    private final Schools schools;
    private final Invitations invitations;
    private final PublicAddress address;
    private final Ids ids;

    BureauController(OpenSchool openSchool, Schools schools, Invitations invitations, PublicAddress address, Ids ids) {
        this.openSchool = openSchool;
        this.schools = schools;
        this.invitations = invitations;
        this.address = address;
        this.ids = ids;
    }

    @GetMapping
    ModelAndView all(Wearer me) {
        return Pages.show("desk/bureau/schools", new SchoolsPage(schools.bureau(Objects.requireNonNull(me.scope().bureau())).name(), schools.all()));
    }

    @GetMapping("/new")
    ModelAndView form(Wearer me) {
        String region = schools.bureau(Objects.requireNonNull(me.scope().bureau())).region();
        return Pages.show(FORM, new OpenPage(NewSchool.EMPTY.in(region), "", List.of()));
    }

    @PostMapping
    ModelAndView open(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        NewSchool school = NewSchool.of(typed);
        return switch (openSchool.open(me, school, typed.text("person"), typed.key(ids))) {
            case Outcome.Done<UUID>(UUID id) -> Pages.done("/bureau/schools/" + id, redirect, "desk.bureau.opened", school.school());
            case Outcome.Refused<UUID> refused -> Pages.refused(FORM, new OpenPage(school, typed.text("person"), refused.refusals()));
        };
    }

    @GetMapping("/{school}")
    ModelAndView one(Wearer me, @PathVariable UUID school) {
        School mine = schools.get(school);
        OpenSchool.Waiting waiting = openSchool.waiting(me, school);
        SchoolPage.@Nullable Invitation invitation = waiting.open().map(o -> {
                    String link = address.of(invitations.path(o.slip())).toString();
                    return new SchoolPage.Invitation(link, Qr.of(link).svg(mine.name()), o.expiresAt());
                })
                .orElse(null);
        return Pages.show("desk/bureau/school", new SchoolPage(mine, waiting.entered(), invitation, address.known()));
    }

    @PostMapping("/{school}/invitations")
    ModelAndView invite(Wearer me, @PathVariable UUID school, RedirectAttributes redirect) {
        schools.get(school);
        openSchool.invite(me, school);
        return Pages.done("/bureau/schools/" + school, redirect, "desk.bureau.invited");
    }

    @Component
    static final class Nav implements NavSource {
        @Override
        public List<Item> items() {
            return List.of(new Item("/bureau/schools", "desk.bureau.nav", "school", 780, Set.of(Role.BUREAU)));
        }
    }
}
