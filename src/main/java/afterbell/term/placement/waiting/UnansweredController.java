package afterbell.term.placement.waiting;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.TaskSource;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** The class teacher sees which offers wait for an answer: a call often saves a place. */
@Controller
class UnansweredController implements TaskSource {
    private final OfferStore store;

    UnansweredController(OfferStore store) {
        this.store = store;
    }

    @Allowed(Role.CLASS_TEACHER)
    @GetMapping("/offers")
    @Transactional(readOnly = true)
    public ModelAndView unanswered(Wearer me) {
        return Pages.show(
                "placement/waiting/unanswered",
                new UnansweredPage(store.unanswered(me.school(), me.classes()).stream().map(u -> new UnansweredPage.Line(u.name(), u.className(), u.section(), u.until())).toList()));
    }

    @Override
    public List<Task> tasks(Wearer wearer) {
        if (!wearer.is(Role.CLASS_TEACHER)) return List.of();
        List<OfferStore.Unanswered> open = store.unanswered(wearer.school(), wearer.classes());
        if (open.isEmpty()) return List.of();
        return List.of(new Task("placement.task.unanswered", List.of(open.size()), "placement.task.unanswered.note", "/offers", "placement.task.unanswered.go", open.getFirst().until(), State.ATTENTION, ""));
    }
}
