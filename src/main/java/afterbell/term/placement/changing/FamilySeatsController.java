package afterbell.term.placement.changing;

import afterbell.base.shared.NotFound;
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

/** A family's own page: what can be done now. */
@Controller
final class FamilySeatsController {
    static final String PAGE = "placement/changing/seats";

    private final ShowSeats show;
    private final ChangeSeats change;

    FamilySeatsController(ShowSeats show, ChangeSeats change) {
        this.show = show;
        this.change = change;
    }

    /** Somebody may be the guardian of one child and the collector of another. */
    private static ChangeSeats.For whom(Wearer me, UUID child, Role... roles) {
        if (!me.children(roles).contains(child)) throw new NotFound();
        return new ChangeSeats.For(me.schoolOf(child), child, me.account(), false);
    }

    private static ChangeSeats.For guarded(Wearer me, UUID child) {
        return whom(me, child, Role.GUARDIAN);
    }

    private static String base(UUID child) {
        return "/children/" + child;
    }

    @Allowed({Role.GUARDIAN, Role.CARER})
    @GetMapping("/children/{child}/seats")
    ModelAndView seats(Wearer me, @PathVariable UUID child) {
        return Pages.show(PAGE, show.page(whom(me, child, Role.GUARDIAN, Role.CARER), base(child), me.children(Role.GUARDIAN).contains(child), List.of()));
    }

    @Allowed(Role.GUARDIAN)
    @PostMapping("/children/{child}/seats")
    ModelAndView take(
            Wearer me,
            @PathVariable UUID child,
            @RequestParam(defaultValue = "") String section,
            @RequestParam(defaultValue = "") List<String> giving,
            @RequestParam(name = "_key", defaultValue = "") String key,
            RedirectAttributes redirect) {
        ChangeSeats.For whom = guarded(me, child);
        return answer(me, child, change.take(whom, SeatsForm.id(section), SeatsForm.ids(giving), SeatsForm.id(key)), "placement.seats.taken", redirect);
    }

    @Allowed({Role.GUARDIAN, Role.CARER})
    @GetMapping("/children/{child}/seats/{seat}")
    ModelAndView stopping(Wearer me, @PathVariable UUID child, @PathVariable UUID seat) {
        return Pages.show("placement/changing/stop", show.stop(whom(me, child, Role.GUARDIAN, Role.CARER), base(child), seat));
    }

    @Allowed(Role.GUARDIAN)
    @PostMapping("/children/{child}/seats/{seat}/removal")
    ModelAndView stop(Wearer me, @PathVariable UUID child, @PathVariable UUID seat, RedirectAttributes redirect) {
        return answer(me, child, change.stop(guarded(me, child), seat), "placement.seats.stopped", redirect);
    }

    @Allowed(Role.GUARDIAN)
    @PostMapping("/children/{child}/waiting")
    ModelAndView await(
            Wearer me, @PathVariable UUID child, @RequestParam(defaultValue = "") String section, @RequestParam(name = "_key", defaultValue = "") String key, RedirectAttributes redirect) {
        return answer(me, child, change.await(guarded(me, child), SeatsForm.id(section), SeatsForm.id(key)), "placement.seats.waits", redirect);
    }

    @Allowed(Role.GUARDIAN)
    @PostMapping("/children/{child}/waiting/{place}/acceptance")
    ModelAndView accept(
            Wearer me,
            @PathVariable UUID child,
            @PathVariable UUID place,
            @RequestParam(defaultValue = "") List<String> giving,
            @RequestParam(name = "_key", defaultValue = "") String key,
            RedirectAttributes redirect) {
        return answer(me, child, change.accept(guarded(me, child), place, SeatsForm.ids(giving), SeatsForm.id(key)), "placement.seats.accepted", redirect);
    }

    @Allowed(Role.GUARDIAN)
    @PostMapping("/children/{child}/waiting/{place}/removal")
    ModelAndView decline(Wearer me, @PathVariable UUID child, @PathVariable UUID place, RedirectAttributes redirect) {
        return answer(me, child, change.leaveWaiting(guarded(me, child), place), "placement.seats.declined", redirect);
    }

    private ModelAndView answer(Wearer me, UUID child, Outcome<UUID> outcome, String said, RedirectAttributes redirect) {
        return switch (outcome) {
            case Outcome.Done<UUID> done -> Pages.done(base(child) + "/seats", redirect, said);
            // In the opening minute hundreds hear this at once: a page that asks the database nothing.
            case Outcome.Refused<UUID>(var refusals) when refusals.getFirst() instanceof SeatRefusal.JustFull full -> Pages.refused("placement/changing/full", new FullPage(base(child), full.section(), full.club()));
            case Outcome.Refused<UUID> refused -> Pages.refused(PAGE, show.page(guarded(me, child), base(child), true, refused.refusals()));
        };
    }
}
