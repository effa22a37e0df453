package afterbell.term.enrolment;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.TaskSource;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
                c.until(),
                done ? State.DONE : State.ATTENTION,
                c.child().className());
    }

    @Override
    public List<Asked<?>> asked(Wearer me) {
        if (me.hat() != Hat.STAFF || !me.is(Role.CLASS_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL)) return List.of();
        Instant now = clock.instant();
        List<Asked<?>> asked = new ArrayList<>();
        asked.add(new Asked<>(RoundStore.progressOf(me.school(), me.classes(), now), classes -> classes.stream().map(EnrolmentTasks::task).toList()));
        asked.add(new Asked<>(RoundStore.waitingOf(me.school()), waiting -> reviews(me, waiting, now)));
        if (me.is(Role.OFFICE, Role.PRINCIPAL)) asked.add(new Asked<>(RoundStore.runningOf(me.school(), now), running -> running.stream().map(EnrolmentTasks::task).toList()));
        return asked;
    }

    /** The whole school's round while families answer. */
    private static Task task(RoundStore.Running r) {
        boolean done = r.answered() == r.pupils();
        return new Task(
                done ? "enrolment.task.round.done" : "enrolment.task.round",
                List.of(r.name(), r.pupils() - r.answered(), r.pupils()),
                done ? "" : "enrolment.task.round.note",
                "/rounds/" + r.round(),
                "enrolment.task.round.go",
                r.closesAt(),
                done ? State.DONE : State.CALM,
                "");
    }

    private static Task task(RoundStore.ClassProgress c) {
        boolean done = c.answered() == c.pupils();
        return new Task(
                done ? "enrolment.task.class.done" : "enrolment.task.class",
                List.of(c.pupils() - c.answered(), c.pupils()),
                done ? "" : "enrolment.task.class.note",
                "/classes/" + c.schoolClass() + "/round/" + c.round(),
                done ? "enrolment.task.done.go" : "enrolment.task.class.go",
                c.closesAt(),
                done ? State.DONE : State.ATTENTION,
                c.className());
    }

    /** One task per round and step of the person's, with the number of sheets that wait there. */
    private static List<Task> reviews(Wearer me, List<RoundStore.Waiting> waiting, Instant now) {
        List<Task> all = new ArrayList<>();
        for (Round round : waiting.stream().map(RoundStore.Waiting::round).distinct().sorted(Comparator.comparing(Round::closesAt)).toList())
            for (int step = 0; step < round.reviewSteps().size(); step++) {
                int at = step;
                String name = round.reviewSteps().get(step);
                Reviewer.of(me, name).ifPresent(reviewer -> {
                    int sheets = waiting.stream()
                            .filter(w -> w.round().equals(round) && w.step() == at && reviewer.answersFor(w.schoolClass(), w.grade()))
                            .mapToInt(RoundStore.Waiting::sheets)
                            .sum();
                    if (sheets > 0 && now.isBefore(round.stepEnds(at))) all.add(task(round, at, name, sheets));
                });
            }
        return all;
    }

    private static Task task(Round round, int step, String name, int sheets) {
        return new Task(
                "enrolment.task.review." + name,
                List.of(sheets),
                "enrolment.task.review.note",
                "/rounds/" + round.id() + "/review/" + name,
                "enrolment.task.review.go",
                round.stepEnds(step),
                State.ATTENTION,
                round.name());
    }
}
