package afterbell.day.custody;

import afterbell.base.shared.NotFound;
import afterbell.day.custody.CustodyStore.AtOnce;
import afterbell.day.custody.CustodyStore.Link;
import afterbell.day.custody.CustodyStore.Locked;
import afterbell.day.custody.CustodyStore.Open;
import afterbell.day.custody.CustodyStore.Planned;
import afterbell.day.custody.CustodyStore.Ringing;
import afterbell.day.custody.KnownChains.Known;
import afterbell.day.custody.childday.Alarm;
import afterbell.day.custody.childday.ChildDay;
import afterbell.day.custody.childday.DayPlan;
import afterbell.day.custody.childday.Decision;
import afterbell.day.custody.childday.Entry;
import afterbell.day.custody.childday.Limits;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one way to say something of children, and to ask where they stand. Everything takes a set of children: a class of thirty costs as many statements as
 * one child.
 */
@Component
public class ChildDays {
    private final CustodyStore store;
    private final KnownChains known;
    private final DayPlans plans;
    private final LimitsOfRules limits;
    private final Trial trial;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ChildDays(CustodyStore store, KnownChains known, DayPlans plans, LimitsOfRules limits, Trial trial, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.known = known;
        this.plans = plans;
        this.limits = limits;
        this.trial = trial;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Says these things, in this order, in one transaction; what one child is refused stops no other. A telling's key is the key of its entry: said again it
     * changes nothing (law 6). The children are locked in the order of their ids, so two who speak of the same class wait for each other and never deadlock.
     *
     * @return one answer per telling, in the same order
     * @throws NotFound where a child is not of this school or not of the caller's
     */
    @Transactional
    public List<Decision> tell(UUID school, LocalDate day, List<ToldOf> told) {
        Set<UUID> pupils = told.stream().map(ToldOf::pupil).collect(Collectors.toCollection(LinkedHashSet::new));
        if (pupils.isEmpty()) return List.of();
        Instant moment = clock.instant();
        Said said = decide(school, day, told, known.ofAll(school, day, pupils), moment);
        if (!said.links().isEmpty()) {
            AtOnce once = store.tellAsKnown(school, day, said.before(), said.links(), said.standings(), moment);
            if (once.written()) return recorded(school, day, once.held(), said, moment);
        }
        Map<UUID, Locked> locked = locked(school, day, pupils);
        Map<UUID, Known> before = known(school, day, locked);
        Instant now = clock.instant();
        said = decide(school, day, told, before, now);
        if (said.links().isEmpty()) return said.decisions();
        store.tell(school, day, said.links(), said.standings());
        return recorded(school, day, locked, said, now);
    }

    /** What would be recorded if these were the plans and chains of the children. Nothing is decided where nothing is known of them. */
    private record Said(Map<UUID, Known> before, List<Decision> decisions, List<Link> links, List<Projection> standings, Map<UUID, Known> after) {}

    private Said decide(UUID school, LocalDate day, List<ToldOf> told, Map<UUID, Known> before, Instant now) {
        List<Decision> decisions = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        List<Projection> standings = new ArrayList<>();
        Map<UUID, Known> after = new LinkedHashMap<>();
        if (before.isEmpty()) return new Said(before, decisions, links, standings, after);
        Limits minutes = limits.of(school, day);
        Map<UUID, ChildDay> days = new HashMap<>();
        before.forEach((pupil, k) -> days.put(pupil, new ChildDay(k.plan(), minutes, k.entries())));
        for (ToldOf one : told) {
            Decision decision = Objects.requireNonNull(days.get(one.pupil())).decide(one.telling(), one.clearance(), now);
            if (decision instanceof Decision.Recorded(Entry entry, ChildDay longer)) {
                links.add(new Link(one.pupil(), entry));
                days.put(one.pupil(), longer);
            }
            decisions.add(decision);
        }
        links.stream().map(Link::pupil).distinct().sorted().forEach(pupil -> {
            Known was = Objects.requireNonNull(before.get(pupil));
            ChildDay is = Objects.requireNonNull(days.get(pupil));
            standings.add(Projection.of(pupil, was.schoolClass(), is, now));
            after.put(pupil, new Known(was.schoolClass(), was.plan(), was.planned(), is.entries()));
        });
        return new Said(before, decisions, links, standings, after);
    }

    private List<Decision> recorded(UUID school, LocalDate day, Map<UUID, Locked> locked, Said said, Instant now) {
        known.afterCommit(school, day, said.after());
        told(school, day, pupil -> Objects.requireNonNull(locked.get(pupil)).alarms(), said.standings(), now);
        return said.decisions();
    }

    /** Where these children stand; a child that the day does not know is missing in the answer. */
    @Transactional(readOnly = true)
    public Map<UUID, ChildStanding> standings(UUID school, LocalDate day, Collection<UUID> pupils) {
        return byPupil(store.ofPupils(school, day, pupils));
    }

    @Transactional(readOnly = true)
    public Map<UUID, ChildStanding> ofClass(UUID school, LocalDate day, UUID schoolClass) {
        return byPupil(store.ofClass(school, day, schoolClass));
    }

    /** Whoever is planned for the session, is in it, or is on the way to it. */
    @Transactional(readOnly = true)
    public Map<UUID, ChildStanding> ofSession(UUID school, LocalDate day, UUID session) {
        return byPupil(store.ofSession(school, day, session));
    }

    @Transactional(readOnly = true)
    public Map<UUID, ChildStanding> ofDay(UUID school, LocalDate day) {
        return byPupil(store.ofDay(school, day));
    }

    private static Map<UUID, ChildStanding> byPupil(List<ChildStanding> standings) {
        return standings.stream().collect(Collectors.toMap(ChildStanding::pupil, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    /** The chain of one child, as the engine reads it; for registers, disputes and the evidence of an incident. Empty where the day does not know the child. */
    @Transactional(readOnly = true)
    public Optional<ChildDay> day(UUID school, LocalDate day, UUID pupil) {
        Map<UUID, Planned> planned = store.read(school, day, List.of(pupil));
        return Optional.ofNullable(read(school, day, planned).get(pupil));
    }

    /** Looks up the day of every child of the school, once: from here on the clock watches. Harmless to repeat. Without service on the day nothing happens. */
    @Transactional
    public boolean open(UUID school, LocalDate day) {
        if (store.openedAt(school, day).isPresent()) return false;
        Map<UUID, DayPlans.Child> all = plans.ofSchool(school, day).children();
        Instant now = clock.instant();
        if (all.isEmpty() || !store.open(school, day, now)) return false;
        begin(school, day, all, now);
        store.opened(school, day, all.size());
        return true;
    }

    @Transactional(readOnly = true)
    public boolean isOpen(UUID school, LocalDate day) {
        return store.openedAt(school, day).isPresent();
    }

    /**
     * Looks up the plan of the day again, for all children: a dropped session, a substitute, an answer about a special day, a transfer at noon. Changes no
     * entry; what the chain means is read anew under the new plan.
     */
    @Transactional
    public void replan(UUID school, LocalDate day) {
        if (store.openedAt(school, day).isEmpty()) return;
        DayPlans.Planned fresh = plans.ofSchool(school, day);
        Map<UUID, Planned> known = store.lockAll(school, day);
        Instant now = clock.instant();
        Map<UUID, DayPlans.Child> added = new LinkedHashMap<>(fresh.children());
        added.keySet().removeAll(known.keySet());
        if (!added.isEmpty()) begin(school, day, added, now);
        Map<UUID, UUID> was = answering(known.values());
        Map<UUID, Planned> changed = new LinkedHashMap<>();
        known.forEach((pupil, before) -> {
            DayPlans.Child child = fresh.children().get(pupil);
            if (child == null) return;
            DayPlan plan = child.plan().after(before.plan(), was, fresh.held(), before.in(), now);
            if (!plan.equals(before.plan()) || !child.schoolClass().equals(before.schoolClass()))
                changed.put(pupil, new Planned(pupil, child.schoolClass(), plan, before.planned() + 1, before.alarms(), before.entries(), before.in()));
        });
        if (changed.isEmpty()) return;
        List<Projection> standings = meaning(school, day, changed, now);
        store.replan(school, day, standings);
        write(school, day, changed, standings, now);
    }

    /** Who answered for each session, as the children's plans say. */
    private static Map<UUID, UUID> answering(Collection<Planned> known) {
        Map<UUID, UUID> answering = new HashMap<>();
        for (Planned one : known) for (DayPlan.Stop stop : one.plan().stops()) answering.put(stop.session(), stop.custodian());
        return answering;
    }

    /** Reads the children anew whose clock is due. Called by the job, at least once a second while a day is open. */
    @Transactional
    public int tick(UUID school) {
        Instant now = clock.instant();
        int read = 0;
        for (LocalDate day : store.daysDue(school, now)) {
            Map<UUID, Planned> due = store.lockDue(school, now, day);
            if (due.isEmpty()) continue;
            write(school, day, due, meaning(school, day, due, now), now);
            read += due.size();
        }
        return read;
    }

    private Map<UUID, Locked> locked(UUID school, LocalDate day, Set<UUID> pupils) {
        Map<UUID, Locked> locked = store.lock(school, day, pupils);
        if (locked.size() == pupils.size()) return locked;
        List<UUID> unknown = pupils.stream().filter(p -> !locked.containsKey(p)).toList();
        Map<UUID, DayPlans.Child> fresh = plans.some(school, day, unknown);
        if (fresh.size() < unknown.size()) throw new NotFound();
        begin(school, day, fresh, clock.instant());
        return store.lock(school, day, pupils);
    }

    /** Plans and chains of locked children, read only where this node does not know them as they stand. */
    private Map<UUID, Known> known(UUID school, LocalDate day, Map<UUID, Locked> locked) {
        Map<UUID, Known> all = new HashMap<>();
        List<UUID> unread = new ArrayList<>();
        for (Locked now : locked.values()) {
            Known last = known.of(school, day, now);
            if (last == null) unread.add(now.pupil());
            else all.put(now.pupil(), last);
        }
        if (unread.isEmpty()) return all;
        Map<UUID, List<Entry>> chains = store.chains(school, day, unread);
        store.read(school, day, unread).forEach((pupil, p) -> all.put(pupil, new Known(p.schoolClass(), p.plan(), p.planned(), List.copyOf(chains.getOrDefault(pupil, List.of())))));
        return all;
    }

    /** What is red from the first moment rings at once: a day may be opened after its bell, by a house that was down until then. */
    private void begin(UUID school, LocalDate day, Map<UUID, DayPlans.Child> children, Instant now) {
        Limits minutes = limits.of(school, day);
        List<Projection> standings = children.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> Projection.of(e.getKey(), e.getValue().schoolClass(), ChildDay.begins(e.getValue().plan(), minutes), now))
                .toList();
        Set<UUID> begun = store.begin(school, day, standings);
        Map<UUID, Known> fresh = new LinkedHashMap<>();
        standings.stream().filter(p -> begun.contains(p.pupil())).forEach(p -> fresh.put(p.pupil(), new Known(p.schoolClass(), p.day().plan(), 0, List.of())));
        known.afterCommit(school, day, fresh);
        ring(school, day, pupil -> List.of(), standings.stream().filter(p -> begun.contains(p.pupil())).toList(), now);
    }

    private Map<UUID, ChildDay> read(UUID school, LocalDate day, Map<UUID, Planned> planned) {
        Limits minutes = limits.of(school, day);
        Map<UUID, List<Entry>> chains = store.chains(school, day, planned.keySet());
        Map<UUID, ChildDay> days = new HashMap<>();
        planned.forEach((pupil, p) -> days.put(pupil, new ChildDay(p.plan(), minutes, chains.getOrDefault(pupil, List.of()))));
        return days;
    }

    private List<Projection> meaning(UUID school, LocalDate day, Map<UUID, Planned> planned, Instant now) {
        Map<UUID, ChildDay> days = read(school, day, planned);
        return planned.values().stream()
                .sorted(Comparator.comparing(Planned::pupil))
                .map(p -> Projection.of(p.pupil(), p.schoolClass(), Objects.requireNonNull(days.get(p.pupil())), now))
                .toList();
    }

    private void write(UUID school, LocalDate day, Map<UUID, Planned> planned, List<Projection> standings, Instant now) {
        store.write(school, day, standings);
        told(school, day, pupil -> Objects.requireNonNull(planned.get(pupil)).alarms(), standings, now);
    }

    private void told(UUID school, LocalDate day, Function<UUID, List<String>> rang, List<Projection> standings, Instant now) {
        ring(school, day, rang, standings, now);
        events.publishEvent(new CustodyEvent.Moved(school, day, standings.stream().map(Projection::pupil).toList()));
    }

    /** What the standings say must ring, rings; what they no longer say, is over. Nothing is asked where nothing rang and nothing rings. */
    private void ring(UUID school, LocalDate day, Function<UUID, List<String>> rang, List<Projection> standings, Instant now) {
        List<Projection> loud = standings.stream().filter(p -> !p.alarms().isEmpty() || !rang.apply(p.pupil()).isEmpty()).toList();
        if (loud.isEmpty()) return;
        Map<UUID, List<Open>> open = store.open(school, day, loud.stream().map(Projection::pupil).toList()).stream().collect(Collectors.groupingBy(Open::pupil));
        List<Ringing> ringing = new ArrayList<>();
        List<Open> over = new ArrayList<>();
        for (Projection p : loud) {
            List<Open> before = open.getOrDefault(p.pupil(), List.of());
            for (Alarm alarm : p.alarms())
                if (before.stream().noneMatch(o -> o.kind() == alarm.kind() && o.since().equals(alarm.since()) && o.level() >= alarm.level())) ringing.add(new Ringing(p.pupil(), alarm));
            for (Open o : before) if (p.alarms().stream().noneMatch(a -> a.kind() == o.kind() && a.since().equals(o.since()))) over.add(o);
        }
        store.ring(school, day, ringing, now);
        store.silence(school, day, over, now);
        if (ringing.isEmpty() || trial.on(school, day)) return;
        for (Ringing r : ringing) events.publishEvent(new CustodyEvent.Rung(school, day, r.pupil(), r.alarm().kind(), r.alarm().since(), r.alarm().level(), now));
    }
}
