package afterbell.base.roster.siblings;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.TaskSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed(Role.GUARDIAN)
final class SiblingsController {
    private static final String PAGE = "roster/siblings/page";

    private final ConfirmSiblings siblings;

    SiblingsController(ConfirmSiblings siblings) {
        this.siblings = siblings;
    }

    @GetMapping("/siblings")
    ModelAndView show(Wearer me) {
        return Pages.show(PAGE, siblings.page(me, List.of()));
    }

    @PostMapping("/siblings/{school}")
    ModelAndView confirm(Wearer me, @PathVariable UUID school, @RequestParam(defaultValue = "") List<String> together, RedirectAttributes redirect) {
        return switch (siblings.confirm(me, school, together.stream().flatMap(t -> Ids.parse(t).stream()).distinct().toList())) {
            case Outcome.Done<Integer>(Integer n) -> Pages.done("/", redirect, n == 0 ? "roster.siblings.done.none" : "roster.siblings.done", n);
            case Outcome.Refused<Integer> refused -> Pages.refused(PAGE, siblings.page(me, refused.refusals()));
        };
    }

    /** The one question, until it is answered. */
    @Component
    static final class Task implements TaskSource {
        private final SiblingStore store;

        Task(SiblingStore store) {
            this.store = store;
        }

        @Override
        public List<TaskSource.Task> tasks(Wearer wearer) {
            if (wearer.hat() != Hat.FAMILY) return List.of();
            List<UUID> own = wearer.children(Role.GUARDIAN);
            if (own.size() < 2) return List.of();
            Map<UUID, List<UUID>> bySchool = own.stream().collect(Collectors.groupingBy(wearer::schoolOf));
            if (bySchool.values().stream().allMatch(c -> c.size() < 2)) return List.of();
            Set<UUID> settled = store.settled(wearer.account(), own);
            boolean open = bySchool.values().stream().anyMatch(c -> c.size() > 1 && !settled.containsAll(c));
            return open ? List.of(new TaskSource.Task("roster.siblings.task", List.of(), "roster.siblings.task.note", "/siblings", "roster.siblings.task.go", null, State.CALM, "")) : List.of();
        }
    }
}
