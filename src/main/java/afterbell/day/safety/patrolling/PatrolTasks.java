package afterbell.day.safety.patrolling;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.TaskSource;
import afterbell.day.safety.Book;
import afterbell.day.safety.Entry;
import afterbell.day.safety.Ledger;
import afterbell.day.safety.People;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Problems that wait for the colleague who was told of them. */
@Component
class PatrolTasks implements TaskSource {
    private final Ledger ledger;
    private final People people;

    PatrolTasks(Ledger ledger, People people) {
        this.ledger = ledger;
        this.people = people;
    }

    @Override
    public List<Task> tasks(Wearer me) {
        if (me.hat() != Hat.STAFF) return List.of();
        List<Problem> open = ledger.without(me.school(), Book.PATROL, List.of("found"), List.of("settled")).values().stream().map(Problem::of).flatMap(Optional::stream).toList();
        if (open.isEmpty()) return List.of();
        Optional<People.Member> self = people.byAccount(me.school(), me.account());
        if (self.isEmpty()) return List.of();
        List<Problem> mine = open.stream().filter(p -> self.get().staff().equals(p.contact())).toList();
        if (mine.isEmpty()) return List.of();
        People.Names names = people.names(me.school());
        return mine.stream().map(p -> task(p, names)).toList();
    }

    private static Task task(Problem p, People.Names names) {
        Entry first = p.entries().getFirst();
        return new Task("safety.task.found", List.of(names.of(p.place())), "safety.task.found.note", "/patrol/problems/" + first.subject(), "safety.task.found.go", p.at(), p.danger() ? State.DANGER : State.ATTENTION, "");
    }
}
