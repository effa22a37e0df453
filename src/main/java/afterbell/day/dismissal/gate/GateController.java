package afterbell.day.dismissal.gate;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.day.dismissal.Passes;
import afterbell.day.dismissal.Release;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Hands children over, one by one. Two taps: the child, then who takes it. */
@Controller
@RequestMapping("/gate")
@Allowed({Role.SERVICE_TEACHER, Role.CLASS_TEACHER, Role.GUARD, Role.DUTY_LEADER})
final class GateController {
    private static final String LIST = "dismissal/gate/list";
    private static final String HAND = "dismissal/gate/hand";
    private static final String LEFT = "dismissal/gate/left";
    private static final int MOST = 100;

    private final ShowGate show;
    private final Release release;
    private final AskFor askFor;

    GateController(ShowGate show, Release release, AskFor askFor) {
        this.show = show;
        this.release = release;
        this.askFor = askFor;
    }

    @GetMapping
    ModelAndView list(Wearer me, @RequestParam(defaultValue = "") String q) {
        return Pages.show(LIST, show.list(me, q, List.of()));
    }

    /** @param seen children of names like this one's, at whom whoever looks has looked */
    @GetMapping("/{pupil}")
    ModelAndView child(Wearer me, @PathVariable UUID pupil, @RequestParam(defaultValue = "") List<String> seen) {
        Optional<LeftPage> left = show.left(me, pupil, "", List.of());
        return left.isPresent() ? Pages.show(LEFT, left.get()) : Pages.show(HAND, page(me, pupil, "", ids(seen), List.of()));
    }

    /** What the picture of a card or phone leads to, scanned by a camera or typed by a scanner: who it is and for whom. A GET shows, only the POST lets go. */
    @GetMapping("/shown/{text}")
    ModelAndView shown(Wearer me, @PathVariable String text) {
        return switch (release.shown(me, text)) {
            case Passes.Shown.Refused(String why) -> Pages.refused(LIST, show.list(me, "", List.of(new Refusal.Simple(why, "", List.of()))));
            case Passes.Shown.Known known -> {
                Optional<LeftPage> left = show.left(me, known.pupil(), "", List.of());
                yield left.isPresent() ? Pages.show(LEFT, left.get()) : Pages.show(HAND, new HandingPage(release.handing(me, known.pupil()), "", known.adult(), text, Set.of(), List.of()));
            }
        };
    }

    /** @param code six digits, or what a picture holds @param also brothers and sisters who go along @param seen children of names like this one's */
    @PostMapping("/{pupil}/release")
    @Fresh
    ModelAndView hand(
            Wearer me,
            @PathVariable UUID pupil,
            @RequestParam(defaultValue = "") String adult,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") List<String> also,
            @RequestParam(defaultValue = "") List<String> seen,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect) {
        @Nullable UUID taker = adult.isEmpty() ? null : Ids.parse(adult).orElseThrow(NotFound::new);
        return switch (handed(me, pupil, taker, code, ids(also), ids(seen), key)) {
            case Outcome.Done<Release.Handed>(Release.Handed handed) -> {
                String name = show.name(me, pupil);
                // A repeated tap says what is, not once more to whom.
                if (handed.taker().isEmpty()) yield Pages.done("/gate", redirect, "dismissal.flash.handed_before", name);
                yield handed.children().isEmpty()
                        ? Pages.done("/gate", redirect, "dismissal.flash.handed", name, handed.taker())
                        : Pages.done("/gate", redirect, "dismissal.flash.handed_both", name, String.join(" ", handed.children()), handed.taker());
            }
            case Outcome.Refused<Release.Handed> refused -> again(me, pupil, ids(seen), refused.refusals());
        };
    }

    private static Set<UUID> ids(List<String> typed) {
        if (typed.size() > MOST) throw new NotFound();
        return typed.stream().filter(t -> !t.isEmpty()).map(t -> Ids.parse(t).orElseThrow(NotFound::new)).collect(Collectors.toSet());
    }

    private Outcome<Release.Handed> handed(Wearer me, UUID pupil, @Nullable UUID taker, String code, Set<UUID> together, Set<UUID> seen, UUID key) {
        try {
            return release.hand(me, pupil, taker, code, together, seen, key);
        } catch (Release.NotDone e) {
            return Outcome.refused(e.refusal());
        }
    }

    @PostMapping("/{pupil}/walk")
    @Fresh
    ModelAndView walk(Wearer me, @PathVariable UUID pupil, @RequestParam(defaultValue = "") List<String> seen, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return answer(me, pupil, ids(seen), release.walk(me, pupil, ids(seen), key), redirect, "dismissal.flash.walked");
    }

    @PostMapping("/{pupil}/late")
    ModelAndView late(Wearer me, @PathVariable UUID pupil, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return answer(me, pupil, Set.of(), release.keepLate(me, pupil, key), redirect, "dismissal.flash.late");
    }

    /** Somebody who is not on the list stands there: the duty leader is told, the child stays. @param shown what a card or phone showed, in place of a name */
    @PostMapping("/{pupil}/strangers")
    ModelAndView stranger(
            Wearer me, @PathVariable UUID pupil, @RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String shown, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return switch (shown.isEmpty() ? askFor.child(me, pupil, name, key) : askFor.bearer(me, pupil, shown, key)) {
            case Outcome.Done<UUID> _ -> Pages.done("/gate/" + pupil, redirect, "dismissal.flash.leader_comes");
            case Outcome.Refused<UUID> refused -> Pages.refused(HAND, page(me, pupil, name, Set.of(), refused.refusals()));
        };
    }

    @PostMapping("/{pupil}/undo")
    @Fresh
    ModelAndView undo(Wearer me, @PathVariable UUID pupil, @RequestParam(defaultValue = "") String why, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return switch (release.undo(me, pupil, why, key)) {
            case Outcome.Done<String> _ -> Pages.done("/gate", redirect, "dismissal.flash.undone");
            case Outcome.Refused<String> refused -> Pages.refused(LEFT, show.left(me, pupil, why, refused.refusals()).orElseThrow(NotFound::new));
        };
    }

    private ModelAndView answer(Wearer me, UUID pupil, Set<UUID> seen, Outcome<String> outcome, RedirectAttributes redirect, String flash) {
        return switch (outcome) {
            case Outcome.Done<String> _ -> Pages.done("/gate", redirect, flash, show.name(me, pupil));
            case Outcome.Refused<String> refused -> again(me, pupil, seen, refused.refusals());
        };
    }

    private ModelAndView again(Wearer me, UUID pupil, Set<UUID> seen, List<? extends Refusal> refusals) {
        Optional<LeftPage> left = show.left(me, pupil, "", refusals);
        return left.isPresent() ? Pages.refused(LEFT, left.get()) : Pages.refused(HAND, page(me, pupil, "", seen, refusals));
    }

    private HandingPage page(Wearer me, UUID pupil, String typed, Set<UUID> seen, List<? extends Refusal> refusals) {
        return new HandingPage(release.handing(me, pupil), typed, null, "", seen, refusals);
    }
}
