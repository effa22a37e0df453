package afterbell.term.placement.sections;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One section: who is in it, who waits and why in this order, and the way to add a child against the order.
 *
 * @param found children that the search found, with what an override would change for each
 */
public record SectionPage(
        UUID id, String name, String code, int capacity, int over, int taken, int held, int byHand, List<Member> members, List<Place> waiting, boolean mayAct, String q, List<Candidate> found, List<? extends Refusal> refusals) {

    public record Member(UUID pupil, String name, String className, int rank, String source, LocalDate from) {}

    /**
     * @param group the priority group of the published order, 1 to 3; 0 for late places
     * @param emptyDay whether the child had nothing on that day
     * @param lottery the lottery number, from 1
     * @param state waiting, offered, taken, declined, expired or left
     */
    public record Place(UUID pupil, String name, String className, int number, int group, boolean emptyDay, long lottery, boolean late, String mode, Instant since, String state, @Nullable Instant heldUntil, @Nullable Instant endedAt) {}

    /** @param inTheWay names of the child's sections that would end, or empty */
    public record Candidate(UUID pupil, String name, String className, boolean here, boolean eligible, String inTheWay) {}
}
