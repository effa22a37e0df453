package afterbell.reach.messaging.ways;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.web.Pages;
import afterbell.reach.messaging.ShortMessages;
import afterbell.reach.messaging.StandIn;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** The telephones of a demonstration: what would have come to them. A node that sends real messages has no such page. */
@Controller
final class StandInController {
    private final ShortMessages phones;

    StandInController(ShortMessages phones) {
        this.phones = phones;
    }

    @OpenToAll
    @GetMapping("/demo/phone")
    ModelAndView messages() {
        if (!(phones instanceof StandIn standIn)) throw new NotFound();
        return Pages.show("messaging/ways/phone", new StandInPage(standIn.messages()));
    }
}
