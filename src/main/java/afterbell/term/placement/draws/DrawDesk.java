package afterbell.term.placement.draws;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.TaskSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The draw's place in the office's menu and on its first page. */
@Component
final class DrawDesk implements NavSource, TaskSource {
    @Override
    public List<Item> items() {
        return List.of(new Item("/draws", "placement.nav", "scale", 60, Set.of(Role.OFFICE, Role.PRINCIPAL, Role.SUPERVISOR)));
    }

    @Override
    public List<Asked<?>> asked(Wearer wearer) {
        return wearer.is(Role.OFFICE) ? List.of(new Asked<>(DrawStore.undrawnOf(wearer.school()), found -> found.stream().map(DrawDesk::task).toList())) : List.of();
    }

    private static Task task(DrawStore.Undrawn round) {
        return new Task(round.solved() ? "placement.task.publish" : "placement.task.reveal", List.of(), "", "/draws/" + round.id(), "placement.task.go", null, State.ATTENTION, round.name());
    }
}
