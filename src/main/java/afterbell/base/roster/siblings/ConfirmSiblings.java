package afterbell.base.roster.siblings;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.SchoolNames;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which of a person's children are brothers and sisters: the family says so, nobody guesses it from names or phones. The last answer counts. */
@Component
class ConfirmSiblings {
    private final SiblingStore store;
    private final Roster roster;
    private final SchoolNames schools;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    ConfirmSiblings(SiblingStore store, Roster roster, SchoolNames schools, Audit audit, Ids ids, Clock clock) {
        this.store = store;
        this.roster = roster;
        this.schools = schools;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public SiblingsPage page(Wearer me, List<? extends Refusal> refusals) {
        List<UUID> own = me.children(Role.GUARDIAN);
        if (own.isEmpty()) return new SiblingsPage(List.of(), Set.of(), refusals);
        Set<UUID> settled = store.settled(me.account(), own);
        Set<UUID> together = store.together(own);
        Map<UUID, List<Pupil>> bySchool = roster.children(own).stream().collect(Collectors.groupingBy(p -> me.schoolOf(p.id())));
        List<SiblingsPage.School> asked = new ArrayList<>();
        Set<String> ticked = new HashSet<>();
        for (UUID school : new TreeSet<>(bySchool.keySet())) {
            List<Pupil> children = bySchool.getOrDefault(school, List.of());
            if (children.size() < 2) continue;
            boolean answered = children.stream().allMatch(p -> settled.contains(p.id()));
            for (Pupil p : children) if (!answered || together.contains(p.id())) ticked.add(p.id().toString());
            asked.add(new SiblingsPage.School(school, schools.nameOf(school), children.stream().map(p -> new SiblingsPage.Child(p.id(), p.name(), p.className())).toList(), answered));
        }
        return new SiblingsPage(asked, ticked, refusals);
    }

    /** @param chosen the children who are brothers and sisters; none: they are of different families */
    @Transactional
    public Outcome<Integer> confirm(Wearer me, UUID school, List<UUID> chosen) {
        List<UUID> own = me.children(Role.GUARDIAN).stream().filter(c -> me.schoolOf(c).equals(school)).sorted().toList();
        if (own.size() < 2 || !own.containsAll(chosen)) throw new NotFound();
        if (chosen.size() == 1) return Outcome.refused(new Refusal.Simple("roster.siblings.one", "together", List.of()));
        List<UUID> sorted = chosen.stream().sorted().toList();
        // A brother whom only the other guardian has on the phone stays with them: the family that is there already is kept.
        if (!sorted.isEmpty()) store.put(school, store.families(school, sorted).stream().findFirst().orElseGet(ids::next), sorted);
        store.apart(school, own.stream().filter(c -> !sorted.contains(c)).toList());
        store.answered(school, me.account(), own, clock.instant());
        audit.record(school, "roster.siblings_confirmed", "account", me.account(), Map.of("children", sorted.size(), "of", own.size()));
        return Outcome.done(sorted.size());
    }
}
