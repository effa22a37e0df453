package afterbell.base.identity.inviting;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.TaskSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The menu entry, and the task of a class teacher for whom families wait. */
@Component
class FamiliesPlaces implements NavSource, TaskSource {
    @Override
    public List<Item> items() {
        return List.of(new Item("/families", "identity.families.nav", "qr", 70, Set.of(Role.CLASS_TEACHER, Role.OFFICE)));
    }

    @Override
    public List<Asked<?>> asked(Wearer wearer) {
        if (wearer.hat() != Hat.STAFF || wearer.classes().isEmpty()) return List.of();
        return List.of(new Asked<>(FamiliesStore.waitingOf(wearer.school()), waiting -> waiting.stream().filter(w -> wearer.classes().contains(w.klass())).map(FamiliesPlaces::task).toList()));
    }

    private static Task task(FamiliesStore.Waiting w) {
        return new Task("identity.families.task", List.of(w.requests()), "identity.families.task.note", "/families/" + w.klass(), "identity.families.task.go", null, State.ATTENTION, "");
    }
}
