package afterbell.term.enrolment.rounds;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.term.enrolment.EnrolmentEvent;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Round;
import afterbell.term.programme.Programme;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Plans, announces, changes and ends rounds. */
@Component
class PlanRound {
    private final Enrolments enrolments;
    private final Calendars calendars;
    private final Programme programme;
    private final CommandKeys keys;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Ids ids;
    private final Clock clock;

    PlanRound(Enrolments enrolments, Calendars calendars, Programme programme, CommandKeys keys, Audit audit, ApplicationEventPublisher events, Ids ids, Clock clock) {
        this.enrolments = enrolments;
        this.calendars = calendars;
        this.programme = programme;
        this.keys = keys;
        this.audit = audit;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A proposal from the calendar (R29): open on the day of registration at eight, closed on the fourth day at eight in the evening, reviewed two
     * days later, so that the basic service can start on the Monday after.
     */
    RoundForm proposal(Term term) {
        LocalDate registration = term.registration() == null ? term.dates().first().minusDays(1) : term.registration();
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        LocalDate opens = registration.isBefore(today) ? today.plusDays(1) : registration;
        return new RoundForm(
                "", opens.toString(), "08:00", opens.plusDays(4).toString(), "20:00", opens.plusDays(6).toString(), "20:00", "", List.of("class", "grade", "school"), "fair", false);
    }

    @Transactional
    Outcome<UUID> add(UUID school, UUID term, RoundForm typed, UUID key) {
        calendars.term(school, term);
        List<Refusal> refusals = RoundPolicy.plan(typed);
        if (!refusals.isEmpty()) return Outcome.refused(refusals);
        String id = keys.once(key, school + "|" + term + "|" + typed, () -> {
            Round round = typed.round(ids.next(), term, Round.State.DRAFT);
            enrolments.put(school, round);
            audit.record(school, "enrolment.round_planned", "round", round.id(), Map.of());
            return round.id().toString();
        });
        return Outcome.done(UUID.fromString(id));
    }

    @Transactional
    Outcome<UUID> change(UUID school, UUID round, RoundForm typed) {
        Round before = enrolments.lockedRound(school, round);
        List<Refusal> refusals = RoundPolicy.change(before, typed, clock.instant());
        if (!refusals.isEmpty()) return Outcome.refused(refusals);
        Round after = typed.round(before.id(), before.term(), before.state());
        if (after.equals(before)) return Outcome.done(round);
        enrolments.put(school, after);
        audit.record(school, "enrolment.round_changed", "round", round, Map.of("closes", after.closesAt().toString()));
        if (before.state() == Round.State.OPEN && after.closesAt().isAfter(before.closesAt())) events.publishEvent(new EnrolmentEvent.RoundExtended(school, round, after.closesAt()));
        return Outcome.done(round);
    }

    /** Announces a draft: families see it from now on and answer from its beginning. */
    @Transactional
    Outcome<UUID> open(UUID school, UUID round) {
        Round before = enrolments.lockedRound(school, round);
        if (before.state() == Round.State.OPEN) return Outcome.done(round);
        boolean slots = !calendars.bells(school, before.term()).slots().isEmpty();
        boolean menu = programme.publishedAt(school, before.term()).isPresent();
        boolean other = enrolments.rounds(school).stream().anyMatch(r -> r.state() == Round.State.OPEN && r.term().equals(before.term()));
        List<Refusal> refusals = RoundPolicy.open(before, slots, menu, other, clock.instant());
        if (!refusals.isEmpty()) return Outcome.refused(refusals);
        enrolments.put(school, before.in(Round.State.OPEN));
        audit.record(school, "enrolment.round_opened", "round", round, Map.of());
        events.publishEvent(new EnrolmentEvent.RoundOpened(school, round));
        return Outcome.done(round);
    }

    /** Ends an open round now; what is on its way still counts, and the seal opens half a minute later. */
    @Transactional
    Outcome<UUID> end(UUID school, UUID round) {
        Round before = enrolments.lockedRound(school, round);
        Instant now = clock.instant();
        if (before.state() == Round.State.CLOSED || !now.isBefore(before.closesAt())) return Outcome.done(round);
        if (before.state() == Round.State.DRAFT || !now.isAfter(before.opensAt())) throw new NotFound();
        enrolments.put(school, before.closingAt(now));
        audit.record(school, "enrolment.round_ended", "round", round, Map.of());
        return Outcome.done(round);
    }
}
