package afterbell.base.calendar.terms;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermFollowers;
import afterbell.base.calendar.TermStore;
import afterbell.base.calendar.TimeSpan;
import afterbell.base.rules.Bilingual;
import afterbell.base.rules.ServiceClass;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Opens a term with bells to begin with, or changes the dates of one. */
@Component
class SaveTerm {
    private final Calendars calendars;
    private final TermStore store;
    private final Schools schools;
    private final CommandKeys keys;
    private final Audit audit;
    private final Ids ids;
    private final TermFollowers followers;

    SaveTerm(Calendars calendars, TermStore store, Schools schools, CommandKeys keys, Audit audit, Ids ids, TermFollowers followers) {
        this.calendars = calendars;
        this.store = store;
        this.schools = schools;
        this.keys = keys;
        this.audit = audit;
        this.ids = ids;
        this.followers = followers;
    }

    @Transactional
    Outcome<UUID> open(Wearer wearer, TermForm form, UUID key) {
        UUID school = wearer.school();
        store.lock(school);
        Optional<String> kept = keys.kept(key, form.toString());
        if (kept.isPresent()) return Outcome.done(UUID.fromString(kept.get()));
        List<Term> terms = calendars.terms(school);
        return switch (form.term(ids.next(), terms)) {
            case Outcome.Refused<Term> refused -> Outcome.refused(refused.refusals());
            case Outcome.Done<Term>(Term term) -> {
                keys.once(key, form.toString(), () -> {
                    store.put(school, term);
                    store.putBells(school, term.id(), bells(school, form.bells(), terms));
                    audit.record(school, "calendar.term_opened", "term", term.id(), Map.of("first", term.dates().first().toString(), "last", term.dates().last().toString()));
                    return term.id().toString();
                });
                yield Outcome.done(term.id());
            }
        };
    }

    @Transactional
    Outcome<UUID> change(Wearer wearer, UUID id, TermForm form) {
        UUID school = wearer.school();
        store.lock(school);
        store.get(school, id);
        List<Term> others = calendars.terms(school).stream().filter(t -> !t.id().equals(id)).toList();
        return switch (form.term(id, others)) {
            case Outcome.Refused<Term> refused -> Outcome.refused(refused.refusals());
            case Outcome.Done<Term>(Term term) -> {
                store.put(school, term);
                audit.record(school, "calendar.term_changed", "term", id, Map.of("first", term.dates().first().toString(), "last", term.dates().last().toString()));
                followers.follow(school, id);
                yield Outcome.done(id);
            }
        };
    }

    /** The bells of another term, or two periods after the lessons for every band of the school. */
    private BellGrid bells(UUID school, String from, List<Term> terms) {
        return terms.stream()
                .filter(t -> t.id().toString().equals(from))
                .findFirst()
                .map(t -> calendars.bells(school, t.id()))
                .orElseGet(() -> usual(schools.grades(school)));
    }

    private static BellGrid usual(List<Schools.Grade> grades) {
        Map<String, Set<Integer>> byBand = new LinkedHashMap<>();
        for (Schools.Grade grade : grades) byBand.computeIfAbsent(code(grade.band()), b -> new TreeSet<>()).add(grade.grade());
        List<GradeBand> bands = byBand.entrySet().stream().map(b -> new GradeBand(b.getKey(), name(b.getValue()), b.getValue())).toList();
        List<Slot> slots = new ArrayList<>();
        for (GradeBand band : bands)
            for (int day = 1; day <= 5; day++) {
                slots.add(Slot.of("S1", band.code(), DayOfWeek.of(day), TimeSpan.of("16:00", "17:00"), ServiceClass.AFTER_SCHOOL, SlotKind.PERIOD, null, null));
                slots.add(Slot.of("S2", band.code(), DayOfWeek.of(day), TimeSpan.of("17:00", "18:00"), ServiceClass.AFTER_SCHOOL, SlotKind.PERIOD, null, null));
            }
        return new BellGrid(bands, slots, List.of());
    }

    private static String code(String band) {
        return band.matches("[a-z0-9-]{1,20}") ? band : "g" + Integer.toHexString(band.hashCode());
    }

    /** Grades as figures until the school gives the band a name. */
    private static Bilingual name(Set<Integer> grades) {
        TreeSet<Integer> sorted = new TreeSet<>(grades);
        String name = sorted.size() == 1 ? sorted.first().toString() : sorted.first() + "–" + sorted.last();
        return new Bilingual(name, name);
    }
}
