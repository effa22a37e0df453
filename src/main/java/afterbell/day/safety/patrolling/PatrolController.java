package afterbell.day.safety.patrolling;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import afterbell.day.safety.Place;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whoever walks may be anybody with a post of the day, so every colleague who works with children may write a walk down. */
@Controller
@Allowed({Role.DUTY_LEADER, Role.GUARD, Role.OFFICE, Role.PRINCIPAL, Role.GRADE_HEAD, Role.CLASS_TEACHER, Role.SERVICE_TEACHER})
final class PatrolController {
    private final Walking walking;
    private final Ids ids;

    PatrolController(Walking walking, Ids ids) {
        this.walking = walking;
        this.ids = ids;
    }

    @GetMapping("/patrol")
    ModelAndView day(Wearer me) {
        return Pages.show("safety/patrolling/day", walking.day(me));
    }

    @GetMapping("/patrol/{kind}/{id}")
    ModelAndView place(Wearer me, @PathVariable String kind, @PathVariable UUID id) {
        return Pages.show("safety/patrolling/place", walking.placePage(me, kind(kind), id, FoundForm.EMPTY, List.of()));
    }

    @PostMapping("/patrol/{kind}/{id}/order")
    ModelAndView inOrder(Wearer me, @PathVariable String kind, @PathVariable UUID id, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        Place place = walking.inOrder(me, kind(kind), id, key);
        return Pages.done("/patrol", redirect, "safety.flash.walked", place.name());
    }

    @PostMapping("/patrol/{kind}/{id}")
    ModelAndView found(
            Wearer me,
            @PathVariable String kind,
            @PathVariable UUID id,
            @RequestParam MultiValueMap<String, String> typed,
            @RequestParam(required = false) @Nullable MultipartFile photo,
            RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        FoundForm form = FoundForm.of(t);
        return switch (walking.found(me, kind(kind), id, form, photo, t.key(ids))) {
            case Outcome.Done<UUID>(UUID problem) -> Pages.done("/patrol/problems/" + problem, redirect, "safety.flash.found");
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("safety/patrolling/place", walking.placePage(me, kind(kind), id, form, no));
        };
    }

    private static Place.Kind kind(String path) {
        return Place.Kind.of(path).orElseThrow(NotFound::new);
    }

    @GetMapping("/patrol/problems/{id}")
    ModelAndView problem(Wearer me, @PathVariable UUID id) {
        return Pages.show("safety/patrolling/problem", walking.problemPage(me, id, "", List.of()));
    }

    @PostMapping("/patrol/problems/{id}/settling")
    ModelAndView settle(
            Wearer me, @PathVariable UUID id, @RequestParam MultiValueMap<String, String> typed, @RequestParam(required = false) @Nullable MultipartFile photo, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        String note = t.text("note");
        return switch (walking.settle(me, id, note, photo, t.key(ids))) {
            case Outcome.Done<UUID> done -> Pages.done("/patrol/problems/" + id, redirect, "safety.flash.settled");
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("safety/patrolling/problem", walking.problemPage(me, id, note, no));
        };
    }
}
