package afterbell.term.placement.draws;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
final class DrawController {
    private static final String CONSOLE = "placement/draws/console";

    private final DrawView view;
    private final StartDraw start;
    private final PublishDraw publish;
    private final VerifyDraw verify;

    DrawController(DrawView view, StartDraw start, PublishDraw publish, VerifyDraw verify) {
        this.view = view;
        this.start = start;
        this.publish = publish;
        this.verify = verify;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.SUPERVISOR})
    @GetMapping("/draws")
    ModelAndView rounds(Wearer me) {
        return Pages.show("placement/draws/rounds", view.rounds(me));
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.SUPERVISOR})
    @GetMapping("/draws/{round}")
    ModelAndView console(Wearer me, @PathVariable UUID round, @RequestParam(required = false) @Nullable UUID run) {
        return Pages.show(CONSOLE, view.console(me, round, run, "", List.of()));
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @PostMapping("/draws/{round}/lottery")
    ModelAndView reveal(Wearer me, @PathVariable UUID round, @RequestParam(defaultValue = "") String publicValue, RedirectAttributes redirect) {
        return answer(me, round, null, start.reveal(me, round, publicValue), publicValue, "placement.draw.revealed", redirect);
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @PostMapping("/draws/{round}/commitments")
    ModelAndView commitAgain(Wearer me, @PathVariable UUID round, RedirectAttributes redirect) {
        return answer(me, round, null, start.commitAgain(me, round), "", "placement.draw.committed_again", redirect);
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @PostMapping("/draws/{round}/runs")
    ModelAndView run(
            Wearer me,
            @PathVariable UUID round,
            @RequestParam(defaultValue = "") String order,
            @RequestParam(defaultValue = "false") boolean preview,
            RedirectAttributes redirect) {
        return answer(me, round, null, start.start(me, round, order, preview), "", "placement.draw.started", redirect);
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @PostMapping("/draws/{round}/comparison")
    ModelAndView compare(Wearer me, @PathVariable UUID round, RedirectAttributes redirect) {
        return answer(me, round, null, start.compare(me, round), "", "placement.draw.compared", redirect);
    }

    /** Recomputes a run from its stored files. Changes nothing; a POST because it is work. */
    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.SUPERVISOR})
    @PostMapping("/draws/{round}/runs/{run}/verification")
    ModelAndView verify(Wearer me, @PathVariable UUID round, @PathVariable UUID run) {
        return Pages.show("placement/draws/verified", verify.page(me, round, run));
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @PostMapping("/draws/{round}/runs/{run}/closings")
    ModelAndView closings(Wearer me, @PathVariable UUID round, @PathVariable UUID run, RedirectAttributes redirect) {
        return answer(me, round, run, publish.confirmClosings(me, run), "", "placement.draw.closings_confirmed", redirect);
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @PostMapping("/draws/{round}/runs/{run}/publication")
    ModelAndView publish(Wearer me, @PathVariable UUID round, @PathVariable UUID run, RedirectAttributes redirect) {
        Outcome<UUID> outcome;
        try {
            outcome = publish.publish(me, run);
        } catch (PublishDraw.InputChangedMeanwhile e) {
            outcome = Outcome.refused(new DrawRefusal.InputChanged(e.seats));
        }
        return answer(me, round, run, outcome, "", "placement.draw.published", redirect);
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @PostMapping("/draws/{round}/runs/{run}/removal")
    ModelAndView discard(Wearer me, @PathVariable UUID round, @PathVariable UUID run, RedirectAttributes redirect) {
        return answer(me, round, null, publish.discard(me, run), "", "placement.draw.discarded", redirect);
    }

    private ModelAndView answer(Wearer me, UUID round, @Nullable UUID run, Outcome<UUID> outcome, String typed, String said, RedirectAttributes redirect) {
        return switch (outcome) {
            case Outcome.Done<UUID> done -> Pages.done("/draws/" + round + (done.value().equals(round) ? "" : "?run=" + done.value()), redirect, said);
            case Outcome.Refused<UUID> refused -> {
                List<Refusal> why = refused.refusals();
                yield Pages.refused(CONSOLE, view.console(me, round, run, typed, why));
            }
        };
    }
}
