package afterbell.term.timetable;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.TaskSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** What there is to do about the timetable: objections that wait. */
@Component
final class TimetableTasks implements TaskSource {
    @Override
    public List<Asked<?>> asked(Wearer me) {
        if (me.hat() != Hat.STAFF || !me.is(Role.OFFICE)) return List.of();
        return List.of(new Asked<>(Objections.waitingOf(me.school()), found -> found.stream().map(TimetableTasks::task).toList()));
    }

    private static Task task(Objections.Waiting w) {
        return new Task("timetable.task.objections", List.of(w.objections()), "timetable.task.objections.note", "/objections", "timetable.task.objections.go", null, State.ATTENTION, "");
    }
}
