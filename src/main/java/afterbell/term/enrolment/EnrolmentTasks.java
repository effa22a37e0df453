package afterbell.term.enrolment;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.TaskSource;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** What there is to do about sheets. For a guardian: each child with an open round. */
@Component
class EnrolmentTasks implements TaskSource {
    private final RoundStore rounds;
    private final Clock clock;

    EnrolmentTasks(RoundStore rounds, Clock clock) {
        this.rounds = rounds;
        this.clock = clock;
    }

    @Override
    public List<Task> tasks(Wearer wearer) {
        if (wearer.hat() != Hat.FAMILY) return List.of();
        Instant now = clock.instant();
        return rounds.forChildren(wearer.children(Role.GUARDIAN)).stream().filter(c -> c.returned() || c.round().takesAnswersAt(now)).map(EnrolmentTasks::task).toList();
    }

    private static Task task(ChildRound c) {
        boolean done = c.answered() && !c.returned() && !c.forFamily();
        String note = c.returned() ? "enrolment.task.returned.note" : c.answered() ? c.forFamily() ? "enrolment.task.for_family.note" : "enrolment.task.done.note" : "enrolment.task.sheet.note";
        return new Task(
                "enrolment.task.sheet",
                List.of(c.child().name()),
                note,
                "/children/" + c.child().id() + "/sheet/" + c.round().id(),
                done ? "enrolment.task.done.go" : "enrolment.task.sheet.go",
                c.returned() ? c.round().reviewUntil() : c.round().closesAt(),
                done ? State.DONE : State.ATTENTION,
                c.child().className());
    }
}
