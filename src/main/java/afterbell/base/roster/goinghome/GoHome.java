package afterbell.base.roster.goinghome;

import afterbell.base.audit.Audit;
import afterbell.base.identity.AtTheOffice;
import afterbell.base.identity.PersonName;
import afterbell.base.identity.Relation;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What guardians say about the way home. Checked for the family, carried out for the school, whose list of people it is. */
@Component
class GoHome {
    static final String WALK = "walk-home";
    static final String LINE = "class-line";
    private static final int MOST = 12;

    private final GoingHomeStore store;
    private final Roster roster;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    GoHome(GoingHomeStore store, Roster roster, Audit audit, TransactionTemplate transactions, Clock clock) {
        this.store = store;
        this.roster = roster;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    GoingHomePage page(Wearer me, UUID child, GoingHomePage.Typed typed, List<? extends Refusal> refusals) {
        UUID school = schoolOf(me, child);
        List<UUID> own = me.children(Role.GUARDIAN).stream().filter(c -> me.schoolOf(c).equals(school)).toList();
        return asSchool(school, me.account(), () -> {
            List<Pupil> children = roster.children(own);
            Pupil pupil = children.stream().filter(p -> p.id().equals(child)).findFirst().orElseThrow(NotFound::new);
            List<GoingHomePage.Collector> collectors = store.collectors(school, child).stream()
                    .map(c -> new GoingHomePage.Collector(c.adult(), c.name(), c.kind(), c.label(), c.kind().equals("collector") && !c.hasAccount()))
                    .toList();
            Map<String, List<Integer>> consents = store.consents(school, child);
            return new GoingHomePage(
                    child,
                    pupil.name(),
                    pupil.className(),
                    children.stream().filter(p -> !p.id().equals(child)).map(p -> new GoingHomePage.Other(p.id(), p.name())).toList(),
                    collectors,
                    words(consents.getOrDefault(WALK, List.of())),
                    words(consents.getOrDefault(LINE, List.of())),
                    typed,
                    refusals);
        });
    }

    private static Set<String> words(List<Integer> days) {
        return days.stream().map(Object::toString).collect(Collectors.toSet());
    }

    /** One more person who may take the child; somebody whom a paper keeps away is refused with the words of every such refusal. */
    Outcome<UUID> add(Wearer me, UUID child, GoingHomePage.Typed typed) {
        UUID school = schoolOf(me, child);
        String name = PersonName.clean(typed.name());
        List<Refusal> refusals = new ArrayList<>();
        if (!PersonName.good(name)) refusals.add(new Refusal.Simple("roster.home.refused.name", "name", List.of(PersonName.LONGEST)));
        Relation relation = Relation.of(typed.relation()).orElse(Relation.OTHER);
        if (!refusals.isEmpty()) return Outcome.refused(refusals);
        return asSchool(school, me.account(), () -> {
            if (store.keptAway(school, child).stream().anyMatch(n -> PersonName.same(n, name))) return Outcome.refused(new AtTheOffice());
            List<GoingHomeStore.Named> all = store.collectors(school, child);
            // Twice the same person changes nothing.
            for (GoingHomeStore.Named known : all) if (PersonName.same(known.name(), name)) return Outcome.done(known.adult());
            if (all.size() >= MOST) return Outcome.refused(new Refusal.Simple("roster.home.refused.many", "name", List.of(MOST)));
            UUID adult = store.add(school, child, name, relation.code(), today());
            audit.record(school, "roster.collector_added", "pupil", child, Map.of("adult", adult));
            return Outcome.done(adult);
        });
    }

    boolean remove(Wearer me, UUID child, UUID adult) {
        UUID school = schoolOf(me, child);
        return asSchool(school, me.account(), () -> {
            boolean gone = store.remove(school, child, adult, today());
            if (gone) audit.record(school, "roster.collector_removed", "pupil", child, Map.of("adult", adult));
            return gone;
        });
    }

    /** @param walk and line: weekdays 1-5; a day may stand in one of them only */
    Outcome<Boolean> consent(Wearer me, UUID child, List<Integer> walk, List<Integer> line) {
        UUID school = schoolOf(me, child);
        if (walk.stream().anyMatch(line::contains)) return Outcome.refused(new Refusal.Simple("roster.home.refused.both", "line", List.of()));
        return asSchool(school, me.account(), () -> {
            boolean changed = store.consent(school, child, WALK, walk, me.account(), clock.instant(), today());
            changed |= store.consent(school, child, LINE, line, me.account(), clock.instant(), today());
            if (changed) audit.record(school, "roster.way_home_consented", "pupil", child, Map.of("walk", walk, "line", line));
            return Outcome.done(changed);
        });
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    private static UUID schoolOf(Wearer me, UUID child) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        return me.schoolOf(child);
    }

    private <T> T asSchool(UUID school, UUID account, Supplier<T> work) {
        return Objects.requireNonNull(Scopes.within(Scope.school(school, account), () -> transactions.execute(t -> work.get())));
    }
}
