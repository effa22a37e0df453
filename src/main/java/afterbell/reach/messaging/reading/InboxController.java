package afterbell.reach.messaging.reading;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.SignedIn;
import afterbell.base.shared.web.Pages;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A person's messages. A GET shows and marks nothing, since chat programs and mail scanners open links by themselves. */
@Controller
@SignedIn
final class InboxController {
    private final Inbox inbox;

    InboxController(Inbox inbox) {
        this.inbox = inbox;
    }

    @GetMapping("/inbox")
    ModelAndView list(Person me) {
        return Pages.show("messaging/reading/inbox", new InboxPage(inbox.list(me), me.hats().stream().anyMatch(h -> h.hat() == Hat.FAMILY || h.hat() == Hat.STAFF)));
    }

    @PostMapping("/inbox/opened")
    ModelAndView allOpened(Person me, RedirectAttributes redirect) {
        inbox.allOpened(me);
        return Pages.done("/inbox", redirect, "messaging.inbox.all_read");
    }

    @GetMapping("/inbox/{notice}")
    ModelAndView message(Person me, @PathVariable UUID notice, @RequestParam(defaultValue = "APP") String way) {
        return Pages.show("messaging/reading/message", new MessagePage(inbox.get(me, notice), way(way)));
    }

    /** Marks as read and leads on to the thing itself. */
    @PostMapping("/inbox/{notice}/opened")
    ModelAndView opened(Person me, @PathVariable UUID notice, @RequestParam(defaultValue = "APP") String way, @RequestParam(defaultValue = "false") boolean go) {
        Message message = inbox.opened(me, notice, way(way));
        return Pages.done(go && !message.link().isEmpty() ? message.link() : message.href());
    }

    private static String way(String typed) {
        return switch (typed) {
            case "MAIL", "SMS" -> typed;
            default -> "APP";
        };
    }
}
