package afterbell.day.safety.hazards;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.TaskSource;
import afterbell.day.safety.Book;
import afterbell.day.safety.Ledger;
import afterbell.day.safety.People;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Hazards that a person must mend. */
@Component
class HazardTasks implements TaskSource {
    private final Ledger ledger;
    private final People people;

    HazardTasks(Ledger ledger, People people) {
        this.ledger = ledger;
        this.people = people;
    }

    @Override
    public List<Task> tasks(Wearer me) {
        if (me.hat() != Hat.STAFF) return List.of();
        LocalDate today = ledger.today();
        List<Hazard> open = ledger.without(me.school(), Book.HAZARD, List.of("opened"), List.of("confirmed")).values().stream()
                .map(Hazard::of)
                .flatMap(Optional::stream)
                .filter(h -> h.state() == Hazard.State.OPEN)
                .toList();
        if (open.isEmpty()) return List.of();
        Optional<People.Member> self = people.byAccount(me.school(), me.account());
        if (self.isEmpty()) return List.of();
        return open.stream()
                .filter(h -> self.get().staff().equals(h.responsible()))
                .map(h -> new Task(
                        "safety.task.hazard",
                        List.of(),
                        "safety.task.hazard.note",
                        "/hazards/" + h.id(),
                        "safety.task.hazard.go",
                        h.due().plusDays(1).atStartOfDay(Screen.ZONE).toInstant().minusSeconds(60),
                        h.overdue(today) ? State.DANGER : State.ATTENTION,
                        ""))
                .toList();
    }
}
