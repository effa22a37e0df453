package afterbell.term.programme.members;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import java.util.List;
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
@Allowed(Role.OFFICE)
class MembersController {
    private final NameMembers members;

    MembersController(NameMembers members) {
        this.members = members;
    }

    @GetMapping("/programme/sections/{id}/members")
    ModelAndView page(Wearer me, @PathVariable UUID id, @RequestParam(defaultValue = "") String q) {
        return Pages.show("programme/members/page", members.page(me.school(), id, q, List.of()));
    }

    @PostMapping("/programme/sections/{id}/members")
    ModelAndView add(Wearer me, @PathVariable UUID id, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Optional<MembersPage> refused = members.add(me.school(), id, new Typed(form));
        return refused.isPresent() ? Pages.refused("programme/members/page", refused.get()) : Pages.done("/programme/sections/" + id + "/members", redirect, "programme.members.added");
    }

    @PostMapping("/programme/sections/{id}/members/{pupil}/removal")
    ModelAndView remove(Wearer me, @PathVariable UUID id, @PathVariable UUID pupil, RedirectAttributes redirect) {
        members.remove(me.school(), id, pupil);
        return Pages.done("/programme/sections/" + id + "/members", redirect, "programme.members.removed");
    }
}
