package afterbell.base.calendar.bells;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotUse;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermFollowers;
import afterbell.base.calendar.TermStore;
import afterbell.base.rules.BrokenRule;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.rules.Stage;
import afterbell.base.rules.Verdict;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes all bells of a term at once. Writing the same again changes nothing. */
@Component
class WriteBells {
    private final TermStore store;
    private final Rules rules;
    private final List<SlotUse> uses;
    private final Audit audit;
    private final TermFollowers followers;

    WriteBells(TermStore store, Rules rules, List<SlotUse> uses, Audit audit, TermFollowers followers) {
        this.store = store;
        this.rules = rules;
        this.uses = uses;
        this.audit = audit;
        this.followers = followers;
    }

    @Transactional
    Outcome<Term> write(Wearer wearer, UUID id, BellForm form) {
        UUID school = wearer.school();
        store.lock(school);
        Term term = store.get(school, id);
        return switch (form.grid()) {
            case Outcome.Refused<BellGrid> refused -> Outcome.refused(refused.refusals());
            case Outcome.Done<BellGrid>(BellGrid bells) -> {
                List<Refusal> refusals = refuse(school, term, bells);
                if (!refusals.isEmpty()) yield Outcome.refused(refusals);
                store.putBells(school, id, bells);
                audit.record(school, "calendar.bells_written", "term", id, Map.of("bands", bells.bands().size(), "slots", bells.slots().size(), "waves", bells.waves().size()));
                followers.follow(school, id);
                yield Outcome.done(term);
            }
        };
    }

    private List<Refusal> refuse(UUID school, Term term, BellGrid bells) {
        List<Refusal> refusals = new ArrayList<>();
        Set<UUID> kept = bells.slots().stream().map(s -> s.in(term.id()).id()).collect(Collectors.toSet());
        Set<UUID> used = new HashSet<>();
        uses.forEach(use -> used.addAll(use.slotsInUse(school, term.id())));
        used.removeAll(kept);
        // Only slots that this term really has: a stale reference elsewhere must not lock the bells for ever.
        used.retainAll(store.times(school, term.id()).bells().slots().stream().map(Slot::id).collect(Collectors.toSet()));
        if (!used.isEmpty()) refusals.add(new BellRefused.InUse(used.size()));
        lateEvening(school, term, bells, refusals);
        return refusals;
    }

    /** C8: the one ban that bells can break; what else the rules say stands on the term's page. */
    private void lateEvening(UUID school, Term term, BellGrid bells, List<Refusal> refusals) {
        for (GradeBand band : bells.bands())
            for (Slot slot : bells.slots()) {
                if (!slot.band().equals(band.code())) continue;
                Verdict verdict = rules.resolve(
                                school,
                                rules.situation(school, term.dates().first()).of(band.stages().toArray(Stage[]::new)).of(slot.service()),
                                Rule.EVENING_LATEST_END)
                        .verdict(slot.time().until());
                if (verdict instanceof Verdict.Refused no) {
                    refusals.add(BrokenRule.of(no, "s0.until"));
                    return;
                }
            }
    }
}
