package afterbell.term.enrolment.rounds;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Reviewer;
import afterbell.term.enrolment.Round;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional(readOnly = true)
class ShowRound {
    private final Enrolments enrolments;
    private final FunnelStore funnel;
    private final PlanRound planRound;
    private final Calendars calendars;
    private final Rules rules;
    private final Clock clock;

    ShowRound(Enrolments enrolments, FunnelStore funnel, PlanRound planRound, Calendars calendars, Rules rules, Clock clock) {
        this.enrolments = enrolments;
        this.funnel = funnel;
        this.planRound = planRound;
        this.calendars = calendars;
        this.rules = rules;
        this.clock = clock;
    }

    RoundsPage list(Wearer me, @Nullable UUID asked, @Nullable RoundForm typed, List<Refusal> refusals) {
        UUID school = me.school();
        Optional<Term> term = asked == null ? calendars.termAt(school, LocalDate.ofInstant(clock.instant(), Screen.ZONE)) : Optional.of(calendars.term(school, asked));
        return new RoundsPage(
                enrolments.rounds(school),
                calendars.terms(school).stream().map(t -> new RoundsPage.TermChoice(t.id(), t.nameKey(), List.of(t.nameFacts()))).toList(),
                term.map(Term::id).orElse(new UUID(0, 0)),
                typed == null ? term.map(t -> planRound.proposal(school, t)).orElseGet(() -> RoundForm.of(Map.of())) : typed,
                clock.instant(),
                me.is(Role.OFFICE),
                refusals);
    }

    RoundPage page(Wearer me, UUID id, @Nullable RoundForm typed, List<Refusal> refusals) {
        UUID school = me.school();
        Round round = enrolments.round(school, id);
        Term term = calendars.term(school, round.term());
        boolean closed = round.state() == Round.State.CLOSED;
        int share = rules.value(school, LocalDate.ofInstant(round.opensAt(), Screen.ZONE), Rule.ROUND_ENTERED_FOR_FAMILY_PERCENT);
        return new RoundPage(
                round,
                term.nameKey(),
                List.of(term.nameFacts()),
                clock.instant(),
                me.is(Role.OFFICE),
                round.state() == Round.State.DRAFT ? List.of() : funnel.classes(school, id).stream().map(c -> RoundPage.FunnelRow.of(c, closed, share)).toList(),
                closed ? funnel.sections(school, id, round.term()) : List.of(),
                closed ? funnel.days(school, id) : List.of(),
                closed && !round.reviewSteps().isEmpty() ? steps(me, round) : List.of(),
                typed == null ? RoundForm.of(round) : typed,
                refusals);
    }

    private List<RoundPage.Step> steps(Wearer me, Round round) {
        return funnel.steps(me.school(), round.id(), round.reviewSteps()).stream()
                .map(s -> {
                    String name = round.reviewSteps().get(s.step());
                    return new RoundPage.Step(name, round.stepEnds(s.step()), s.waiting(), s.returned(), s.passed(), s.forwarded(), Reviewer.of(me, name).isPresent());
                })
                .toList();
    }
}
