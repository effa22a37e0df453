package afterbell.term.enrolment.choosing;

import afterbell.term.enrolment.ChildRound;
import afterbell.term.enrolment.Round;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** All children of a guardian with their rounds: those to answer first, those of the past below. */
public record ChildrenPage(List<ChildRound> all, List<Open> open, List<UUID> guarded, Instant at) {

    /** A proposal that waits for a guardian. */
    public record Open(UUID round, UUID child, UUID account, String name, Instant at) {}

    /** A carer's proposal for one of a guardian's children. */
    public record Proposal(String href, String name, String child, Instant at) {}

    public List<Proposal> proposals() {
        return open.stream()
                .flatMap(o -> all.stream()
                        .filter(c -> c.child().id().equals(o.child()) && c.round().id().equals(o.round()))
                        .map(c -> new Proposal(href(c) + "?proposal=" + o.account(), o.name(), c.child().name(), o.at())))
                .toList();
    }

    /** Whether what the person fills in for this child is only a proposal. */
    public boolean proposing(ChildRound c) {
        return !guarded.contains(c.child().id());
    }

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
