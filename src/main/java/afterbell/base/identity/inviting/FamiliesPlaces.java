package afterbell.base.identity.inviting;

import afterbell.base.identity.KinRequests;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.TaskSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The menu entry, and the task of a class teacher for whom families wait. */
@Component
class FamiliesPlaces implements NavSource, TaskSource {
    private final FamiliesStore store;
    private final KinRequests kin;

    FamiliesPlaces(FamiliesStore store, KinRequests kin) {
        this.store = store;
        this.kin = kin;
    }

    @Override
    public List<Item> items() {
        return List.of(new Item("/families", "identity.families.nav", "qr", 70, Set.of(Role.CLASS_TEACHER, Role.OFFICE)));
    }

    @Override
    public List<Task> tasks(Wearer wearer) {
        if (wearer.hat() != Hat.STAFF || wearer.classes().isEmpty()) return List.of();
        Map<UUID, Long> waiting = new HashMap<>(store.waiting(wearer.school()));
        kin.byClass(wearer.school()).forEach((klass, n) -> waiting.merge(klass, n, Long::sum));
        return wearer.classes().stream()
                .filter(waiting::containsKey)
                .map(c -> new Task("identity.families.task", List.of(waiting.get(c)), "identity.families.task.note", "/families/" + c, "identity.families.task.go", null, State.ATTENTION, ""))
                .toList();
    }
}
