package afterbell.base.identity.tablet;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Pages;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The office makes tablets known and gives guards their digits. */
@Controller
@RequestMapping("/gate-tablets")
@Allowed(Role.OFFICE)
final class TabletsController {
    private static final String PAGE = "identity/tablet/tablets";

    private final Tablets tablets;

    TabletsController(Tablets tablets) {
        this.tablets = tablets;
    }

    @GetMapping
    ModelAndView show(Wearer me) {
        return Pages.show(PAGE, tablets.page(me, null, null, null, "", List.of()));
    }

    /** The code is shown in the answer and never again. */
    @PostMapping
    ModelAndView make(Wearer me, @RequestParam(defaultValue = "") String name) {
        return switch (tablets.make(me, name)) {
            case Outcome.Done<String>(String code) -> Pages.show(PAGE, tablets.page(me, code, null, null, "", List.of()));
            case Outcome.Refused<String> refused -> Pages.refused(PAGE, tablets.page(me, null, null, null, name, refused.refusals()));
        };
    }

    @PostMapping("/{tablet}/end")
    ModelAndView end(Wearer me, @PathVariable UUID tablet, RedirectAttributes redirect) {
        tablets.end(me, tablet);
        return Pages.done("/gate-tablets", redirect, "identity.tablet.flash.ended");
    }

    /** The digits are shown in the answer and never again. */
    @PostMapping("/guards/{account}/pin")
    ModelAndView pin(Wearer me, @PathVariable UUID account) {
        String pin = tablets.pin(me, account);
        return Pages.show(PAGE, tablets.page(me, null, pin, account, "", List.of()));
    }

    @Component
    static final class Places implements NavSource {
        @Override
        public List<Item> items() {
            return List.of(new Item("/gate-tablets", "identity.tablet.nav", "gate", 785, Set.of(Role.OFFICE)));
        }
    }
}
