package afterbell.day.dismissal.pickup;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/children/{child}/pick-up")
@Allowed(Role.GUARDIAN)
final class PickUpController {
    private static final String PAGE = "dismissal/pickup/page";

    private final PickUp pickUp;

    PickUpController(PickUp pickUp) {
        this.pickUp = pickUp;
    }

    @GetMapping
    ModelAndView show(Wearer me, @PathVariable UUID child) {
        return Pages.show(PAGE, pickUp.page(me, child, PickUpPage.Typed.NOTHING, List.of()));
    }

    @PostMapping("/delegates")
    @Fresh
    ModelAndView send(
            Wearer me,
            @PathVariable UUID child,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String day,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect) {
        PickUpPage.Typed typed = new PickUpPage.Typed(name, day);
        return switch (pickUp.send(me, child, typed, key)) {
            case Outcome.Done<UUID> _ -> Pages.done("/children/" + child + "/pick-up", redirect, "dismissal.flash.sent");
            case Outcome.Refused<UUID> refused -> Pages.refused(PAGE, pickUp.page(me, child, typed, refused.refusals()));
        };
    }

    @PostMapping("/delegates/{adult}/removal")
    @Fresh
    ModelAndView recall(Wearer me, @PathVariable UUID child, @PathVariable UUID adult, RedirectAttributes redirect) {
        if (!pickUp.recall(me, child, adult)) throw new NotFound();
        return Pages.done("/children/" + child + "/pick-up", redirect, "dismissal.flash.recalled");
    }

    /** The family agrees that the child is handed to the keeper of a bus. @param bus which, and at which stop it gets off */
    @PostMapping("/bus")
    @Fresh
    ModelAndView bus(Wearer me, @PathVariable UUID child, @RequestParam(defaultValue = "") String bus, @RequestParam(defaultValue = "") Set<String> weekday, RedirectAttributes redirect) {
        return switch (pickUp.bus(me, child, bus, weekday)) {
            case Outcome.Done<Boolean> _ -> Pages.done("/children/" + child + "/pick-up", redirect, "dismissal.flash.bus_agreed");
            case Outcome.Refused<Boolean> refused -> Pages.refused(PAGE, pickUp.page(me, child, PickUpPage.Typed.NOTHING, refused.refusals()));
        };
    }

    @PostMapping("/bus/removal")
    @Fresh
    ModelAndView leaveBus(Wearer me, @PathVariable UUID child, RedirectAttributes redirect) {
        if (!pickUp.leaveBus(me, child)) throw new NotFound();
        return Pages.done("/children/" + child + "/pick-up", redirect, "dismissal.flash.bus_withdrawn");
    }

    /** A printed card for somebody who may always come. */
    @PostMapping("/cards")
    @Fresh
    ModelAndView card(Wearer me, @PathVariable UUID child, @RequestParam UUID adult) {
        return new ModelAndView("redirect:/children/" + child + "/pick-up/cards/" + pickUp.card(me, child, adult));
    }

    @GetMapping("/cards/{card}")
    ModelAndView paper(Wearer me, @PathVariable UUID child, @PathVariable UUID card) {
        return Pages.show("dismissal/pickup/card", pickUp.paper(me, child, card));
    }

    @PostMapping("/cards/{card}/revocation")
    @Fresh
    ModelAndView revoke(Wearer me, @PathVariable UUID child, @PathVariable UUID card, RedirectAttributes redirect) {
        if (!pickUp.revoke(me, child, card)) throw new NotFound();
        return Pages.done("/children/" + child + "/pick-up", redirect, "dismissal.flash.card_revoked");
    }

    @GetMapping("/code")
    @Allowed({Role.GUARDIAN, Role.CARER, Role.COLLECTOR})
    ModelAndView code(Wearer me, @PathVariable UUID child) {
        return Pages.show("dismissal/pickup/code", pickUp.code(me, child));
    }

    @PostMapping("/code")
    @Fresh
    @Allowed({Role.GUARDIAN, Role.CARER, Role.COLLECTOR})
    ModelAndView open(Wearer me, @PathVariable UUID child, RedirectAttributes redirect) {
        pickUp.open(me, child);
        return Pages.done("/children/" + child + "/pick-up/code", redirect, "dismissal.flash.code_open");
    }
}
