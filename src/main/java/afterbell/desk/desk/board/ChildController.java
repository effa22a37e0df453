package afterbell.desk.desk.board;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.desk.desk.board.ChildPage.Typed;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One child of the board: why it is red and what can be done. */
@Controller
@RequestMapping("/board/children/{pupil}")
@Allowed({Role.DUTY_LEADER, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.OFFICE, Role.PRINCIPAL})
final class ChildController {
    private static final String PAGE = "desk/board/child";

    private final SeeToChild see;

    ChildController(SeeToChild see) {
        this.see = see;
    }

    @GetMapping
    ModelAndView show(Wearer me, @PathVariable UUID pupil) {
        return Pages.show(PAGE, see.page(me, pupil, Typed.NOTHING, List.of()));
    }

    /** Answers with the page: telephones stand in no address and in no later page. */
    @Fresh
    @PostMapping("/numbers")
    ModelAndView numbers(Wearer me, @PathVariable UUID pupil) {
        return Pages.show(PAGE, see.withNumbers(me, pupil));
    }

    @PostMapping("/steps")
    ModelAndView step(Wearer me, @PathVariable UUID pupil, @RequestParam(defaultValue = "") String step, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return answer(me, pupil, see.step(me, pupil, step, key), Typed.NOTHING, redirect, "desk.board.flash.step");
    }

    @Fresh
    @PostMapping("/account")
    ModelAndView account(
            Wearer me,
            @PathVariable UUID pupil,
            @RequestParam(defaultValue = "") String where,
            @RequestParam(defaultValue = "") String with,
            @RequestParam(defaultValue = "") String why,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect) {
        return answer(me, pupil, see.account(me, pupil, where, with, why, key), new Typed(where, with, why), redirect, "desk.board.flash.accounted");
    }

    @Fresh
    @PostMapping("/undo")
    ModelAndView undo(
            Wearer me,
            @PathVariable UUID pupil,
            @RequestParam UUID entry,
            @RequestParam(defaultValue = "") String why,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect) {
        return answer(me, pupil, see.undo(me, pupil, entry, why, key), new Typed("", "", why), redirect, "desk.board.flash.undone");
    }

    private ModelAndView answer(Wearer me, UUID pupil, Outcome<String> outcome, Typed typed, RedirectAttributes redirect, String flash) {
        return switch (outcome) {
            case Outcome.Done<String>(String name) -> Pages.done("/board/children/" + pupil, redirect, flash, name);
            case Outcome.Refused<String> refused -> Pages.refused(PAGE, see.page(me, pupil, typed, refused.refusals()));
        };
    }
}
