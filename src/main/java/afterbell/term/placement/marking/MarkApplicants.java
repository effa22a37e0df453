package afterbell.term.placement.marking;

import afterbell.base.audit.Audit;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.term.placement.Marks;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A teacher's look at the applicants of an own auditioned section, and what is said of them. A section of somebody else is not found. */
@Component
class MarkApplicants {
    private final Marks marks;
    private final MarkStore store;
    private final Rules rules;
    private final Audit audit;
    private final Clock clock;

    MarkApplicants(Marks marks, MarkStore store, Rules rules, Audit audit, Clock clock) {
        this.marks = marks;
        this.store = store;
        this.rules = rules;
        this.audit = audit;
        this.clock = clock;
    }

    /** The auditioned sections of this teacher in the round that closed last; none for who is not on the list of staff. */
    @Transactional(readOnly = true)
    public List<Marks.Asked> own(Wearer me) {
        return marks.asked(me.school(), me.account());
    }

    @Transactional(readOnly = true)
    public MarkingPage page(Wearer me, UUID section, Map<String, String> typed, List<? extends Refusal> refusals) {
        Marks.Asked asked = asked(me, section);
        List<MarkStore.ApplicantRow> rows = asked.open() ? store.applicants(me.school(), asked.round(), section) : List.of();
        return new MarkingPage(
                section,
                asked.name(),
                asked.roundName(),
                asked.publicName(),
                asked.open(),
                asked.capacity(),
                rows.stream().map(MarkStore.ApplicantRow::markedAt).filter(Objects::nonNull).max(Instant::compareTo).orElse(null),
                rows.size() * percent(me.school()) / 100,
                rows.stream().map(r -> child(r, typed)).toList(),
                refusals);
    }

    private static MarkingPage.Child child(MarkStore.ApplicantRow row, Map<String, String> typed) {
        String field = MarkPolicy.field(row.pupil());
        String why = MarkPolicy.whyField(row.pupil());
        return new MarkingPage.Child(
                field,
                row.name(),
                row.className(),
                typed.getOrDefault(field, row.band() == null ? "" : row.band().toString()),
                why,
                typed.getOrDefault(why, row.refused() == null ? "" : row.refused()));
    }

    private int percent(UUID school) {
        return rules.value(school, LocalDate.ofInstant(clock.instant(), Screen.ZONE), Rule.REFUSALS_MAX_PERCENT);
    }

    /** Saves what changed; the last one to save counts. Nothing is taken once the lottery is revealed. */
    @Transactional
    public Outcome<Integer> save(Wearer me, UUID section, Map<String, String> sent, boolean rest) {
        UUID school = me.school();
        Marks.Asked asked = asked(me, section);
        boolean open = store.holdOpen(school, asked.round());
        Map<UUID, MarkPolicy.@Nullable Mark> stood = new HashMap<>();
        store.applicants(school, asked.round(), section).forEach(a -> stood.put(a.pupil(), a.band() == null ? null : new MarkPolicy.Mark(a.band(), a.refused())));
        return switch (MarkPolicy.changes(open, stood, sent, rest, percent(school))) {
            case Outcome.Refused<Map<UUID, MarkPolicy.Mark>> no -> Outcome.refused(no.refusals());
            case Outcome.Done<Map<UUID, MarkPolicy.Mark>> done -> {
                if (!done.value().isEmpty()) {
                    store.put(school, asked.round(), section, done.value(), me.account(), clock.instant());
                    audit.record(school, "placement.marked", "section", section, Map.of("round", asked.round(), "marks", done.value().size(), "declined", done.value().values().stream().filter(m -> m.refused() != null).count()));
                }
                yield Outcome.done(done.value().size());
            }
        };
    }

    private Marks.Asked asked(Wearer me, UUID section) {
        return own(me).stream().filter(a -> a.section().equals(section)).findFirst().orElseThrow(NotFound::new);
    }
}
