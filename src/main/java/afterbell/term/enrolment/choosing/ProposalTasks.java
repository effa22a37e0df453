package afterbell.term.enrolment.choosing;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.TaskSource;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** A guardian learns on the first page that a carer has proposed something. */
@Component
class ProposalTasks implements TaskSource {
    private final Clock clock;

    ProposalTasks(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<Asked<?>> asked(Wearer wearer) {
        if (wearer.hat() != Hat.FAMILY || !wearer.is(Role.GUARDIAN)) return List.of();
        return List.of(new Asked<>(ProposalStore.openOf(wearer.children(Role.GUARDIAN), clock.instant()), open -> open.stream().map(ProposalTasks::task).toList()));
    }

    private static Task task(ChildrenPage.Open o) {
        return new Task(
                "enrolment.proposal.task",
                List.of(o.name()),
                "enrolment.proposal.task.note",
                SheetPage.href(o.child(), o.round()) + "?proposal=" + o.account(),
                "enrolment.proposal.look",
                null,
                State.ATTENTION,
                "");
    }
}
