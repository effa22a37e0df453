package afterbell.term.placement.draws;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.TaskSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The draw's place in the office's menu and on its first page. */
@Component
final class DrawDesk implements NavSource, TaskSource {
    private final DrawStore store;

    DrawDesk(DrawStore store) {
        this.store = store;
    }

    @Override
    public List<Item> items() {
        return List.of(new Item("/draws", "placement.nav", "scale", 60, Set.of(Role.OFFICE, Role.PRINCIPAL, Role.SUPERVISOR)));
    }

    @Override
    public List<Task> tasks(Wearer wearer) {
        if (!wearer.is(Role.OFFICE)) return List.of();
        return store.rounds(wearer.school()).stream().limit(1).filter(r -> r.state().equals("closed")).flatMap(r -> task(wearer, r)).toList();
    }

    private Stream<Task> task(Wearer wearer, DrawStore.RoundRow round) {
        List<String> states = store.runs(wearer.school(), round.id()).stream().map(DrawStore.RunRow::state).toList();
        if (states.contains("published")) return Stream.empty();
        String key = states.contains("solved") ? "placement.task.publish" : "placement.task.reveal";
        return Stream.of(new Task(key, List.of(), "", "/draws/" + round.id(), "placement.task.go", null, State.ATTENTION, round.name()));
    }
}
