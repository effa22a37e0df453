package afterbell.term.enrolment.choosing;

import afterbell.term.enrolment.ChildRound;
import afterbell.term.enrolment.Round;
import java.time.Instant;
import java.util.List;

/** All children of a guardian with their rounds: those to answer first, those of the past below. */
public record ChildrenPage(List<ChildRound> all, Instant at) {
    public List<ChildRound> now() {
        return all.stream().filter(c -> c.round().state() == Round.State.OPEN || c.returned()).toList();
    }

    public List<ChildRound> past() {
        return all.stream().filter(c -> c.round().state() == Round.State.CLOSED && !c.returned()).toList();
    }

    public String href(ChildRound c) {
        return SheetPage.href(c.child().id(), c.round().id());
    }
}
