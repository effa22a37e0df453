package afterbell.term.placement.waiting;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Questions;
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
    private final Questions questions;

    UnansweredController(Questions questions) {
        this.questions = questions;
    }

    @Allowed(Role.CLASS_TEACHER)
    @GetMapping("/offers")
    @Transactional(readOnly = true)
    public ModelAndView unanswered(Wearer me) {
        return Pages.show(
                "placement/waiting/unanswered",
                new UnansweredPage(questions.ask(OfferStore.unansweredOf(me.school(), me.classes())).stream().map(u -> new UnansweredPage.Line(u.name(), u.className(), u.section(), u.until())).toList()));
    }

    @Override
    public List<Asked<?>> asked(Wearer wearer) {
        return wearer.is(Role.CLASS_TEACHER) ? List.of(new Asked<>(OfferStore.unansweredOf(wearer.school(), wearer.classes()), UnansweredController::tasks)) : List.of();
    }

    private static List<Task> tasks(List<OfferStore.Unanswered> open) {
        if (open.isEmpty()) return List.of();
        return List.of(new Task("placement.task.unanswered", List.of(open.size()), "placement.task.unanswered.note", "/offers", "placement.task.unanswered.go", open.getFirst().until(), State.ATTENTION, ""));
    }
}
