package afterbell.term.enrolment.rounds;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.rules.BrokenRule;
import afterbell.base.rules.Choices;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.rules.Verdict;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private final Rules rules;
    private final CommandKeys keys;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Ids ids;
    private final Clock clock;

    PlanRound(Enrolments enrolments, Calendars calendars, Programme programme, Rules rules, CommandKeys keys, Audit audit, ApplicationEventPublisher events, Ids ids, Clock clock) {
        this.enrolments = enrolments;
        this.calendars = calendars;
        this.programme = programme;
        this.rules = rules;
        this.keys = keys;
        this.audit = audit;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A proposal from the calendar (R29): open on the day of registration at eight, closed on the fourth day at eight in the evening, reviewed two
     * days later, so that the basic service can start on the Monday after. The most clubs of a child and the steps of the review are those of the rules.
     */
    RoundForm proposal(UUID school, Term term) {
        LocalDate registration = term.registration() == null ? term.dates().first().minusDays(1) : term.registration();
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        LocalDate opens = registration.isBefore(today) ? today.plusDays(1) : registration;
        return new RoundForm(
                "", opens.toString(), "08:00", opens.plusDays(4).toString(), "20:00", opens.plusDays(6).toString(), "20:00", Integer.toString(most(school)), steps(school), order(school), false);
    }

    private int most(UUID school) {
        return rules.value(school, LocalDate.ofInstant(clock.instant(), Screen.ZONE), Rule.CLUB_PER_CHILD_MAX);
    }

    private List<String> steps(UUID school) {
        List<Choices.ReviewStep> asked = rules.value(school, LocalDate.ofInstant(clock.instant(), Screen.ZONE), Rule.REVIEW_STEPS);
        return asked.stream().map(PlanRound::step).toList();
    }

    private static String step(Choices.ReviewStep step) {
        return switch (step) {
            case CLASS_TEACHER -> "class";
            case GRADE -> "grade";
            case SCHOOL -> "school";
            case COORDINATION -> "office";
        };
    }

    /** The round as typed; what is left blank is what the rule says, and more than the rule allows is refused with its clause. */
    private Outcome<RoundForm> within(UUID school, RoundForm typed, List<Refusal> refusals) {
        List<Refusal> all = new ArrayList<>(refusals);
        RoundForm filled = typed.maxClubs().isEmpty() ? typed.withMost(most(school)) : typed;
        if (filled.most() > 0)
            switch (rules.judge(school, LocalDate.ofInstant(clock.instant(), Screen.ZONE), Rule.CLUB_PER_CHILD_MAX, filled.most())) {
                case Verdict.Allowed ignored -> {}
                case Verdict.NeedsReason no -> all.add(BrokenRule.of(no, "maxClubs"));
                case Verdict.Refused no -> all.add(BrokenRule.of(no, "maxClubs"));
            }
        return all.isEmpty() ? Outcome.done(filled) : Outcome.refused(all);
    }

    /** What the rules propose; the office may choose another one until the round opens. */
    private String order(UUID school) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        Choices.PlacementOrder order = rules.value(school, today, Rule.PLACEMENT_ORDER);
        boolean first = order == Choices.PlacementOrder.FAIR && rules.value(school, today, Rule.PLACEMENT_PRIORITY_BEFORE_NOTHING);
        return (first ? Choices.PlacementOrder.PRIORITY : order).name().toLowerCase(Locale.ROOT);
    }

    @Transactional
    Outcome<UUID> add(UUID school, UUID term, RoundForm typed, UUID key) {
        calendars.term(school, term);
        return switch (within(school, typed, RoundPolicy.plan(typed))) {
            case Outcome.Refused<RoundForm>(List<Refusal> refusals) -> Outcome.refused(refusals);
            case Outcome.Done<RoundForm>(RoundForm filled) -> {
                String id = keys.once(key, school + "|" + term + "|" + typed, () -> {
                    Round round = filled.round(ids.next(), term, Round.State.DRAFT);
                    enrolments.put(school, round);
                    audit.record(school, "enrolment.round_planned", "round", round.id(), Map.of());
                    return round.id().toString();
                });
                yield Outcome.done(UUID.fromString(id));
            }
        };
    }

    @Transactional
    Outcome<UUID> change(UUID school, UUID round, RoundForm typed) {
        Round before = enrolments.lockedRound(school, round);
        // A round that families know keeps the number that they were told, whatever the rule says by now.
        boolean told = before.state() != Round.State.DRAFT && typed.most() == (before.maxClubs() == null ? 0 : before.maxClubs());
        List<Refusal> refusals = RoundPolicy.change(before, typed, clock.instant());
        if (told && !refusals.isEmpty()) return Outcome.refused(refusals);
        return switch (told ? Outcome.done(typed) : within(school, typed, refusals)) {
            case Outcome.Refused<RoundForm> refused -> Outcome.refused(refused.refusals());
            case Outcome.Done<RoundForm>(RoundForm filled) -> changed(school, before, filled.round(before.id(), before.term(), before.state()));
        };
    }

    private Outcome<UUID> changed(UUID school, Round before, Round after) {
        UUID round = before.id();
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
