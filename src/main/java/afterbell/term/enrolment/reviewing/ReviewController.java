package afterbell.term.enrolment.reviewing;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A reviewer's queue. */
@Controller
@Allowed({Role.CLASS_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL})
final class ReviewController {
    private static final String PAGE = "enrolment/reviewing/queue";

    private final ShowQueue showQueue;
    private final DecideSheets decideSheets;

    ReviewController(ShowQueue showQueue, DecideSheets decideSheets) {
        this.showQueue = showQueue;
        this.decideSheets = decideSheets;
    }

    /** The person's own step. */
    @GetMapping("/rounds/{round}/review")
    ModelAndView own(Wearer me, @PathVariable UUID round) {
        return Pages.done("/rounds/" + round + "/review/" + showQueue.first(me, round));
    }

    @GetMapping("/rounds/{round}/review/{step}")
    ModelAndView show(Wearer me, @PathVariable UUID round, @PathVariable String step, HttpServletRequest request) {
        return Pages.show(PAGE, showQueue.page(me, round, step, request.getParameterMap(), List.of()));
    }

    /** {@code act}: {@code pass} the picked, {@code all} that wait, {@code return} the picked with a {@code reason}. */
    @PostMapping("/rounds/{round}/review/{step}")
    ModelAndView decide(
            Wearer me,
            @PathVariable UUID round,
            @PathVariable String step,
            @RequestParam("_key") UUID key,
            @RequestParam(defaultValue = "pass") String act,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        boolean giveBack = act.equals("return");
        @Nullable List<UUID> named = act.equals("all") ? null : picked(request);
        DecideSheets.Decision decision = new DecideSheets.Decision(round, step, giveBack, giveBack ? reason : "", named, key);
        return switch (decideSheets.decide(me, decision)) {
            case Outcome.Refused<Integer>(List<Refusal> refusals) -> Pages.refused(PAGE, showQueue.page(me, round, step, request.getParameterMap(), refusals));
            case Outcome.Done<Integer>(Integer moved) -> Pages.done("/rounds/" + round + "/review/" + step, redirect, giveBack ? "enrolment.review.flash.returned" : "enrolment.review.flash.passed", moved);
        };
    }

    private static List<UUID> picked(HttpServletRequest request) {
        return Stream.of(request.getParameterMap().getOrDefault("row", new String[0])).flatMap(id -> Ids.parse(id).stream()).distinct().toList();
    }
}
