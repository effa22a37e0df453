package afterbell.term.placement.results;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

@Controller
final class ResultController {
    private final ShowResult show;

    ResultController(ShowResult show) {
        this.show = show;
    }

    @Allowed({Role.GUARDIAN, Role.CARER})
    @GetMapping("/children/{child}/result")
    ModelAndView result(Wearer me, @PathVariable UUID child) {
        return Pages.show("placement/results/result", show.page(me, child));
    }
}
