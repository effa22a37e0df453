package afterbell.base.identity.hats;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.HatName;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.SignInFirst;
import afterbell.base.shared.access.SignedIn;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.SchoolNames;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

@Controller
final class HatsController {
    private final SchoolNames schools;

    HatsController(SchoolNames schools) {
        this.schools = schools;
    }

    @SignedIn
    @GetMapping("/hat")
    ModelAndView choose(@Nullable Person person, @CookieValue(name = HatName.COOKIE, defaultValue = "") String worn) {
        if (person == null) throw new SignInFirst();
        List<Wearer> hats = person.hats();
        boolean known = hats.stream().anyMatch(h -> HatName.of(h).equals(worn));
        return Pages.show(
                "identity/hats/page",
                new HatsPage(hats.stream().map(h -> owned(h, known ? HatName.of(h).equals(worn) : h.equals(hats.getFirst()))).toList()));
    }

    private HatsPage.Owned owned(Wearer hat, boolean worn) {
        String where = hat.hat() == Hat.STAFF ? Scopes.within(hat.scope(), () -> schools.nameOf(hat.school())) : "";
        List<String> roles = hat.grants().stream().map(g -> "identity.role." + g.role().name()).distinct().toList();
        return new HatsPage.Owned(HatName.of(hat), "shared.hat." + hat.hat().name(), where, roles, worn);
    }
}
