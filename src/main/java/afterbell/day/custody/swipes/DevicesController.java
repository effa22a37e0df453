package afterbell.day.custody.swipes;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Card gates and their keys; cards that nobody knows. */
@Controller
@RequestMapping("/devices")
@Allowed(Role.OFFICE)
final class DevicesController {
    private static final String PAGE = "custody/swipes/devices";
    private static final String CARDS = "custody/swipes/cards";

    private final KeepDevices keep;

    DevicesController(KeepDevices keep) {
        this.keep = keep;
    }

    @GetMapping
    ModelAndView show(Wearer me) {
        return Pages.show(PAGE, keep.devices(me.school(), "", "", List.of()));
    }

    /** Answers with the key instead of leading on: it is kept nowhere, so no later page could show it. */
    @Fresh
    @PostMapping
    ModelAndView add(Wearer me, @RequestParam(defaultValue = "") String name) {
        return switch (keep.add(me, name)) {
            case Outcome.Done<String>(String key) -> {
                ModelAndView view = Pages.show(PAGE, keep.devices(me.school(), key, "", List.of()));
                view.setStatus(HttpStatus.CREATED);
                yield view;
            }
            case Outcome.Refused<String> refused -> Pages.refused(PAGE, keep.devices(me.school(), "", name, refused.refusals()));
        };
    }

    @Fresh
    @PostMapping("/{device}/revocation")
    ModelAndView revoke(Wearer me, @PathVariable UUID device, RedirectAttributes redirect) {
        keep.revoke(me, device);
        return Pages.done("/devices", redirect, "custody.device.flash.revoked");
    }

    @GetMapping("/cards")
    ModelAndView cards(Wearer me) {
        return Pages.show(CARDS, keep.cards(me.school(), null, "", List.of()));
    }

    @PostMapping("/cards/{unknown}")
    ModelAndView link(Wearer me, @PathVariable UUID unknown, @RequestParam(defaultValue = "") String who, @RequestParam(defaultValue = "") String pupil, RedirectAttributes redirect) {
        return switch (keep.link(me, unknown, who, pupil)) {
            case Outcome.Done<String>(String name) -> Pages.done("/devices/cards", redirect, "custody.card.flash.linked", name);
            case Outcome.Refused<String> refused -> Pages.refused(CARDS, keep.cards(me.school(), unknown, who, refused.refusals()));
        };
    }
}
