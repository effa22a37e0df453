package afterbell.term.placement.marking;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.TaskSource;
import afterbell.term.placement.Marks;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
final class MarkingController implements TaskSource {
    private static final String PAGE = "placement/marking/section";

    private final MarkApplicants marking;

    MarkingController(MarkApplicants marking) {
        this.marking = marking;
    }

    @Allowed({Role.SERVICE_TEACHER, Role.CLASS_TEACHER})
    @GetMapping("/marking/{section}")
    ModelAndView section(Wearer me, @PathVariable UUID section) {
        return Pages.show(PAGE, marking.page(me, section, Map.of(), List.of()));
    }

    @Allowed({Role.SERVICE_TEACHER, Role.CLASS_TEACHER})
    @PostMapping("/marking/{section}")
    ModelAndView save(Wearer me, @PathVariable UUID section, @RequestParam(defaultValue = "") String rest, @RequestParam MultiValueMap<String, String> sent, RedirectAttributes redirect) {
        Map<String, String> typed = sent.toSingleValueMap();
        return switch (marking.save(me, section, typed, !rest.isEmpty())) {
            case Outcome.Done<Integer> done when rest.isEmpty() -> Pages.done("/marking/" + section);
            case Outcome.Done<Integer> done -> Pages.done("/marking/" + section, redirect, "placement.marking.rest.done");
            case Outcome.Refused<Integer> refused -> Pages.refused(PAGE, marking.page(me, section, typed, refused.refusals()));
        };
    }

    @Override
    public List<Task> tasks(Wearer wearer) {
        if (!wearer.is(Role.SERVICE_TEACHER, Role.CLASS_TEACHER)) return List.of();
        return marking.own(wearer).stream().filter(Marks.Asked::open).map(MarkingController::task).toList();
    }

    private static Task task(Marks.Asked asked) {
        String href = "/marking/" + asked.section();
        if (asked.unmarked() == 0) return new Task("placement.task.marked", List.of(asked.name()), "placement.task.marked.note", href, "placement.task.marked.go", null, State.DONE, asked.roundName());
        return new Task("placement.task.marking", List.of(asked.name(), asked.unmarked()), "placement.task.marking.note", href, "placement.task.marking.go", null, State.ATTENTION, asked.roundName());
    }
}
