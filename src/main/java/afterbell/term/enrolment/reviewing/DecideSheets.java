package afterbell.term.enrolment.reviewing;

import afterbell.base.audit.Audit;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Forbidden;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Reviewer;
import afterbell.term.enrolment.Round;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Passes sheets on, or gives them back to their families with one of four reasons. There is no third way: nobody is refused (C2). */
@Component
class DecideSheets {
    static final List<String> REASONS = List.of("days", "wishes", "paper", "talk");

    private final Enrolments enrolments;
    private final QueueStore store;
    private final CommandKeys keys;
    private final Audit audit;
    private final Clock clock;

    DecideSheets(Enrolments enrolments, QueueStore store, CommandKeys keys, Audit audit, Clock clock) {
        this.enrolments = enrolments;
        this.store = store;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param named null: everything that waits before the step */
    record Decision(UUID round, String step, boolean giveBack, String reason, @Nullable List<UUID> named, UUID key) {
        String fingerprint() {
            return round + "|" + step + "|" + giveBack + "|" + reason + "|" + (named == null ? "all" : new TreeSet<>(named));
        }
    }

    /** @return how many sheets have moved; one that somebody else decided a moment ago stays as it is */
    @Transactional
    Outcome<Integer> decide(Wearer me, Decision decision) {
        Round round = enrolments.round(me.school(), decision.round());
        int step = round.reviewSteps().indexOf(decision.step());
        if (step < 0 || round.state() != Round.State.CLOSED) throw new NotFound();
        Reviewer reviewer = Reviewer.of(me, decision.step()).orElseThrow(Forbidden::new);
        List<UUID> named = decision.named();
        if (named != null && named.isEmpty()) return Outcome.refused(new Refusal.Simple("enrolment.review.refused.nobody", "", List.of()));
        if (decision.giveBack() && named == null) return Outcome.refused(new Refusal.Simple("enrolment.review.refused.nobody", "", List.of()));
        if (decision.giveBack() && !REASONS.contains(decision.reason())) return Outcome.refused(new Refusal.Simple("enrolment.review.refused.reason", "reason", List.of()));
        Instant at = clock.instant();
        if (decision.giveBack() && !at.isBefore(round.stepEnds(step))) return Outcome.refused(new Refusal.Simple("enrolment.review.refused.over", "", List.of()));
        String moved = keys.once(decision.key(), decision.fingerprint(), () -> Integer.toString(write(me, round, step, reviewer, decision, at)));
        return Outcome.done(Integer.valueOf(moved));
    }

    private int write(Wearer me, Round round, int step, Reviewer reviewer, Decision decision, Instant at) {
        List<UUID> here = store.mine(me.school(), round.id(), step, reviewer, decision.named());
        int moved = decision.giveBack()
                ? enrolments.giveBack(me.school(), round, step, here, decision.reason(), me.account(), at)
                : enrolments.pass(me.school(), round, step, here, me.account(), at);
        if (moved > 0) audit.record(me.school(), decision.giveBack() ? "enrolment.review_returned" : "enrolment.review_passed", "round", round.id(), Map.of("step", decision.step(), "sheets", moved));
        return moved;
    }
}
