package afterbell.term.enrolment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A time in which families answer (R57, R58).
 *
 * @param closesAt the first instant that is too late; a save counts by the instant at which it reached the school, not by when it was written
 * @param reviewUntil whatever no reviewer decided goes on by itself then (C2)
 * @param maxClubs the most clubs a child gets, null where the school sets no limit; families may wish more
 * @param firstCome whether leftover seats go by time (placement's switch; off)
 * @param reviewSteps one to four of {@code class, grade, school, office} in this order, or none
 * @param drawOrder {@code fair}, {@code priority}, {@code cost} or {@code da}
 */
public record Round(
        UUID id,
        UUID term,
        String name,
        Instant opensAt,
        Instant closesAt,
        Instant reviewUntil,
        State state,
        @Nullable Integer maxClubs,
        boolean firstCome,
        List<String> reviewSteps,
        String drawOrder) {

    public enum State {
        DRAFT,
        OPEN,
        CLOSED
    }

    public Round {
        reviewSteps = List.copyOf(reviewSteps);
    }

    public boolean takesAnswersAt(Instant at) {
        return state == State.OPEN && !at.isBefore(opensAt) && at.isBefore(closesAt);
    }

    /** When a step of the review must be through: the time between the close and {@link #reviewUntil} in equal shares. */
    public Instant stepEnds(int step) {
        Duration whole = Duration.between(closesAt, reviewUntil);
        return closesAt.plus(whole.multipliedBy(step + 1L).dividedBy(Math.max(1, reviewSteps.size())));
    }

    public Round in(State next) {
        return new Round(id, term, name, opensAt, closesAt, reviewUntil, next, maxClubs, firstCome, reviewSteps, drawOrder);
    }

    public Round closingAt(Instant at) {
        return new Round(id, term, name, opensAt, at, reviewUntil, state, maxClubs, firstCome, reviewSteps, drawOrder);
    }
}
