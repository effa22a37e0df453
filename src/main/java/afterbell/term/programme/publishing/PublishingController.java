package afterbell.term.programme.publishing;

import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
final class PublishingController {
    private final PublishPlan publishPlan;
    private final PublicMenu publicMenu;
    private final Schools schools;

    PublishingController(PublishPlan publishPlan, PublicMenu publicMenu, Schools schools) {
        this.publishPlan = publishPlan;
        this.publicMenu = publicMenu;
        this.schools = schools;
    }

    @Allowed(Role.OFFICE)
    @GetMapping("/programme/publication")
    ModelAndView publication(Wearer me, @RequestParam MultiValueMap<String, String> query) {
        return Pages.show("programme/publishing/page", publishPlan.page(me.school(), new Typed(query).id("term").orElse(null), false));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/programme/publication")
    ModelAndView publish(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Optional<PublicationPage> refused = publishPlan.publish(me, new Typed(form));
        return refused.isPresent() ? Pages.refused("programme/publishing/page", refused.get()) : Pages.done("/programme/publication", redirect, "programme.publication.done");
    }

    @OpenToAll
    @GetMapping("/schools/{code}/menu")
    ModelAndView menu(@PathVariable String code) {
        UUID school = Scopes.within(Scope.DOOR, () -> schools.byCode(code)).orElseThrow(NotFound::new);
        return Pages.show("programme/publishing/menu", Scopes.publicly(school, () -> publicMenu.page(school)));
    }
}
