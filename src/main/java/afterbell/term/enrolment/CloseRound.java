package afterbell.term.enrolment;

import afterbell.base.audit.Audit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Closes rounds whose time is over, and lets the review go on where nobody decided in time.
 *
 * <p>A save is judged by the instant at which it reached the school. One that came before the close may still wait for the database a moment later, so
 * the seal opens only after {@link #GRACE}, which is longer than any request waits, and after every save under way.
 */
@Component
class CloseRound {
    static final Duration GRACE = Duration.ofSeconds(30);

    private final RoundStore rounds;
    private final SheetStore sheets;
    private final ReviewStore reviews;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    CloseRound(RoundStore rounds, SheetStore sheets, ReviewStore reviews, Audit audit, ApplicationEventPublisher events) {
        this.rounds = rounds;
        this.sheets = sheets;
        this.reviews = reviews;
        this.audit = audit;
        this.events = events;
    }

    /** Rounds of a school that should be closed at this instant. */
    @Transactional(readOnly = true)
    public List<UUID> due(UUID school, Instant at) {
        return rounds.all(school).stream().filter(r -> r.state() == Round.State.OPEN && !r.closesAt().plus(GRACE).isAfter(at)).map(Round::id).toList();
    }

    /** Closes; a round that is closed already stays as it is. */
    @Transactional
    public void close(UUID school, UUID round, Instant at) {
        sheets.shutRound(round);
        if (!rounds.close(school, round, at)) return;
        Round closed = rounds.get(school, round).orElseThrow();
        rounds.countDemand(school, round);
        if (closed.reviewSteps().isEmpty()) rounds.reviewed(school, round, at);
        else reviews.begin(school, round);
        audit.record(school, "enrolment.round_closed", "round", round, Map.of());
        events.publishEvent(new EnrolmentEvent.RoundClosed(school, round, closed.term(), at));
    }

    /** Sends on what its reviewer left beyond the step's share of the time (C2). */
    @Transactional
    public void forward(UUID school, Instant at) {
        for (Round round : rounds.inReview(school)) {
            for (int step = 0; step < round.reviewSteps().size(); step++)
                if (!at.isBefore(round.stepEnds(step))) reviews.forward(school, round, step, at);
            if (!at.isBefore(round.reviewUntil())) end(school, round, at);
            else endWhereThrough(school, round, at);
        }
    }

    /** The review is over as soon as no sheet stands before a step any more. */
    @Transactional
    public void endWhereThrough(UUID school, Round round, Instant at) {
        if (round.state() == Round.State.CLOSED && !reviews.open(school, round)) end(school, round, at);
    }

    /** After every save of a returned sheet under way: from here on nothing that the families asked changes. */
    private void end(UUID school, Round round, Instant at) {
        sheets.shutRound(round.id());
        if (!rounds.reviewed(school, round.id(), at) || round.reviewSteps().isEmpty()) return;
        audit.record(school, "enrolment.review_ended", "round", round.id(), Map.of());
        events.publishEvent(new EnrolmentEvent.ReviewEnded(school, round.id(), round.term(), at));
    }
}
