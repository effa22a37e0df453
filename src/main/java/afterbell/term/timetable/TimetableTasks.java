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
    private final Objections objections;

    TimetableTasks(Objections objections) {
        this.objections = objections;
    }

    @Override
    public List<Task> tasks(Wearer me) {
        if (me.hat() != Hat.STAFF || !me.is(Role.OFFICE)) return List.of();
        int waiting = objections.waiting(me.school());
        if (waiting == 0) return List.of();
        return List.of(new Task("timetable.task.objections", List.of(waiting), "timetable.task.objections.note", "/objections", "timetable.task.objections.go", null, State.ATTENTION, ""));
    }
}
