package afterbell.term.placement.sections;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Pages;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
final class SectionsController implements NavSource {
    private static final String LIST = "placement/sections/sections";
    private static final String ONE = "placement/sections/section";
    private static final String BOARD = "placement/sections/board";

    private final ShowSections show;
    private final SeatByHand hand;

    SectionsController(ShowSections show, SeatByHand hand) {
        this.show = show;
        this.hand = hand;
    }

    @Override
    public List<Item> items() {
        return List.of(new Item("/seats", "placement.seats.nav", "family", 62, Set.of(Role.OFFICE, Role.PRINCIPAL)));
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/seats")
    ModelAndView sections(Wearer me, @RequestParam(defaultValue = "") String q) {
        return Pages.show(LIST, show.sections(me, q, "", "", List.of()));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/seats/rush")
    ModelAndView rush(Wearer me, @RequestParam(defaultValue = "") String opens, @RequestParam(defaultValue = "") String hours, RedirectAttributes redirect) {
        return switch (hand.rush(me, show.rushAllowed(me.school()), opens, hours)) {
            case Outcome.Done<Boolean> done -> Pages.done("/seats", redirect, done.value() ? "placement.sections.rush.set" : "placement.sections.rush.off");
            case Outcome.Refused<Boolean> refused -> Pages.refused(LIST, show.sections(me, "", opens, hours, refused.refusals()));
        };
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/seats/sections/{section}")
    ModelAndView section(Wearer me, @PathVariable UUID section, @RequestParam(defaultValue = "") String q) {
        return Pages.show(ONE, show.section(me, section, q, List.of()));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/seats/sections/{section}/overrides")
    ModelAndView override(
            Wearer me,
            @PathVariable UUID section,
            @RequestParam(defaultValue = "") String pupil,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(name = "_key", defaultValue = "") String key,
            RedirectAttributes redirect) {
        return switch (hand.override(me, section, id(pupil), reason, id(key))) {
            case Outcome.Done<UUID> done -> Pages.done("/seats/sections/" + section, redirect, "placement.sections.overridden");
            case Outcome.Refused<UUID> refused -> Pages.refused(ONE, show.section(me, section, q, refused.refusals()));
        };
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/seats/board")
    ModelAndView board(Wearer me, @RequestParam(defaultValue = "1") String day, @RequestParam(defaultValue = "") List<String> move) {
        return Pages.show(BOARD, show.board(me, number(day), AskedMove.all(move), List.of()));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/seats/moves")
    ModelAndView moves(
            Wearer me,
            @RequestParam(defaultValue = "1") String day,
            @RequestParam(defaultValue = "") List<String> move,
            @RequestParam(defaultValue = "") List<String> seen,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(name = "_key", defaultValue = "") String key,
            RedirectAttributes redirect) {
        List<AskedMove> asked = AskedMove.all(move);
        return switch (hand.move(me, asked, AskedMove.seen(seen).toList(), reason, id(key))) {
            case Outcome.Done<Integer> done -> Pages.done("/seats/board?day=" + number(day), redirect, "placement.board.moved", done.value());
            case Outcome.Refused<Integer> refused -> Pages.refused(BOARD, show.board(me, number(day), asked, refused.refusals()));
        };
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException e) {
            throw new NotFound();
        }
    }

    private static int number(String text) {
        return text.matches("[1-7]") ? Integer.parseInt(text) : 1;
    }
}
