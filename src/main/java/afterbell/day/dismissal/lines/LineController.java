package afterbell.day.dismissal.lines;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.day.dismissal.LineStep;
import afterbell.day.dismissal.Release;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A class line: one tap for all, one for each child that stays behind. */
@Controller
@RequestMapping("/lines/{session}")
@Allowed({Role.SERVICE_TEACHER, Role.CLASS_TEACHER, Role.DUTY_LEADER})
final class LineController {
    private static final String PAGE = "dismissal/lines/line";
    private static final int MOST = 500;

    private final ShowLine show;
    private final Release release;

    LineController(ShowLine show, Release release) {
        this.show = show;
        this.release = release;
    }

    @GetMapping
    ModelAndView show(Wearer me, @PathVariable UUID session) {
        return Pages.show(PAGE, show.page(me, session, Set.of(), List.of()));
    }

    /** @param child those on the page; stays: those tapped */
    @PostMapping("/release")
    @Fresh
    ModelAndView release(
            Wearer me,
            @PathVariable UUID session,
            @RequestParam(defaultValue = "") List<String> child,
            @RequestParam(defaultValue = "") List<String> stays,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect) {
        Set<UUID> staying = ids(stays);
        show.page(me, session, staying, List.of());
        return switch (release.line(me, session, ids(child), staying, key)) {
            case Outcome.Done<Release.LineLeft>(Release.LineLeft left) ->
                left.stays() == 0
                        ? Pages.done("/gate", redirect, "dismissal.flash.line_left", left.left() + left.walked())
                        : Pages.done("/lines/" + session, redirect, "dismissal.flash.line_left_some", left.left() + left.walked(), left.stays());
            case Outcome.Refused<Release.LineLeft> refused -> Pages.refused(PAGE, show.page(me, session, staying, refused.refusals()));
        };
    }

    /** A child that was out of the room is back, and in the line. */
    @PostMapping("/returns")
    ModelAndView back(Wearer me, @PathVariable UUID session, @RequestParam(defaultValue = "") String pupil, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        UUID child = Ids.parse(pupil).orElseThrow(NotFound::new);
        return show.back(me, session, child, key)
                ? Pages.done("/lines/" + session, redirect, "dismissal.flash.back")
                : Pages.refused(PAGE, show.page(me, session, Set.of(), List.of(new Refusal.Simple("dismissal.refused.not_yours"))));
    }

    /** The whole line was let go by mistake. */
    @PostMapping("/undo")
    @Fresh
    ModelAndView undo(Wearer me, @PathVariable UUID session, @RequestParam(defaultValue = "") String why, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        show.page(me, session, Set.of(), List.of());
        return switch (undone(me, session, why, key)) {
            case Outcome.Done<Integer> done -> Pages.done("/lines/" + session, redirect, "dismissal.flash.line_undone", done.value());
            case Outcome.Refused<Integer> refused -> Pages.refused(PAGE, show.page(me, session, Set.of(), refused.refusals()));
        };
    }

    private Outcome<Integer> undone(Wearer me, UUID session, String why, UUID key) {
        try {
            return release.undoLine(me, session, why, key);
        } catch (Release.NotDone e) {
            return Outcome.refused(e.refusal());
        }
    }

    /** @param from where it was tapped: on the list of all lines, or on the line's own page */
    @PostMapping("/steps")
    ModelAndView step(
            Wearer me, @PathVariable UUID session, @RequestParam String step, @RequestParam(defaultValue = "") String from, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        LineStep said = LineStep.of(step).orElseThrow(NotFound::new);
        show.step(me, session, said, key);
        return Pages.done(from.equals("waves") ? "/waves" : from.equals("gate") ? "/gate" : "/lines/" + session, redirect, "dismissal.flash.step." + said.code());
    }

    private static Set<UUID> ids(List<String> typed) {
        if (typed.size() > MOST) throw new NotFound();
        return typed.stream().filter(t -> !t.isEmpty()).map(t -> Ids.parse(t).orElseThrow(NotFound::new)).collect(Collectors.toSet());
    }
}
