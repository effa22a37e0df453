package afterbell.term.placement.changing;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The same page for the office, which acts for a family that called or came by. */
@Controller
final class OfficeSeatsController {
    private final ShowSeats show;
    private final ChangeSeats change;

    OfficeSeatsController(ShowSeats show, ChangeSeats change) {
        this.show = show;
        this.change = change;
    }

    private static ChangeSeats.For whom(Wearer me, UUID child) {
        return new ChangeSeats.For(me.school(), child, me.account(), true);
    }

    private static String base(UUID child) {
        return "/seats/children/" + child;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/seats/children/{child}/seats")
    ModelAndView seats(Wearer me, @PathVariable UUID child) {
        return Pages.show(FamilySeatsController.PAGE, show.page(whom(me, child), base(child), me.is(Role.OFFICE), List.of()));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/seats/children/{child}/seats")
    ModelAndView take(
            Wearer me,
            @PathVariable UUID child,
            @RequestParam(defaultValue = "") String section,
            @RequestParam(defaultValue = "") List<String> giving,
            @RequestParam(name = "_key", defaultValue = "") String key,
            RedirectAttributes redirect) {
        return answer(me, child, change.take(whom(me, child), SeatsForm.id(section), SeatsForm.ids(giving), SeatsForm.id(key)), "placement.seats.taken", redirect);
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/seats/children/{child}/seats/{seat}")
    ModelAndView stopping(Wearer me, @PathVariable UUID child, @PathVariable UUID seat) {
        return Pages.show("placement/changing/stop", show.stop(whom(me, child), base(child), seat));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/seats/children/{child}/seats/{seat}/removal")
    ModelAndView stop(Wearer me, @PathVariable UUID child, @PathVariable UUID seat, RedirectAttributes redirect) {
        return answer(me, child, change.stop(whom(me, child), seat), "placement.seats.stopped", redirect);
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/seats/children/{child}/waiting")
    ModelAndView await(
            Wearer me, @PathVariable UUID child, @RequestParam(defaultValue = "") String section, @RequestParam(name = "_key", defaultValue = "") String key, RedirectAttributes redirect) {
        return answer(me, child, change.await(whom(me, child), SeatsForm.id(section), SeatsForm.id(key)), "placement.seats.waits", redirect);
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/seats/children/{child}/waiting/{place}/acceptance")
    ModelAndView accept(
            Wearer me,
            @PathVariable UUID child,
            @PathVariable UUID place,
            @RequestParam(defaultValue = "") List<String> giving,
            @RequestParam(name = "_key", defaultValue = "") String key,
            RedirectAttributes redirect) {
        return answer(me, child, change.accept(whom(me, child), place, SeatsForm.ids(giving), SeatsForm.id(key)), "placement.seats.accepted", redirect);
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/seats/children/{child}/waiting/{place}/removal")
    ModelAndView decline(Wearer me, @PathVariable UUID child, @PathVariable UUID place, RedirectAttributes redirect) {
        return answer(me, child, change.leaveWaiting(whom(me, child), place), "placement.seats.declined", redirect);
    }

    private ModelAndView answer(Wearer me, UUID child, Outcome<UUID> outcome, String said, RedirectAttributes redirect) {
        return switch (outcome) {
            case Outcome.Done<UUID> done -> Pages.done(base(child) + "/seats", redirect, said);
            case Outcome.Refused<UUID> refused -> Pages.refused(FamilySeatsController.PAGE, show.page(whom(me, child), base(child), true, refused.refusals()));
        };
    }
}
