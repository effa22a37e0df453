package afterbell.day.custody.instructing;

import afterbell.base.audit.Audit;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.Afternoon;
import afterbell.day.custody.Afternoon.SessionNow;
import afterbell.day.custody.instructing.InstructorPage.Person;
import afterbell.term.staffing.Provider;
import afterbell.term.staffing.Staffing;
import afterbell.term.staffing.Vetting;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes, opens and ends the links. Whether the papers of the instructor, and of whoever sends him, hold on this day is asked when a link is made, when it is
 * opened and at every look; so is whether the session is still held.
 */
@Component
class InstructorLinks {
    private final LinkStore store;
    private final Afternoon afternoon;
    private final Staffing staffing;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate transactions;

    InstructorLinks(LinkStore store, Afternoon afternoon, Staffing staffing, Audit audit, Ids ids, Clock clock, TransactionTemplate transactions) {
        this.store = store;
        this.afternoon = afternoon;
        this.staffing = staffing;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.transactions = transactions;
    }

    /** The page of whoever stands there, leads the day or sits in the office. @param made the secret of a link that was made just now */
    @Transactional(readOnly = true)
    InstructorPage page(Wearer me, UUID id, @Nullable String made, @Nullable UUID madeFor, List<? extends Refusal> refusals) {
        SessionNow session = session(me, id);
        List<LinkStore.Instructor> all = store.instructors(me.school(), id, clock.instant());
        Set<UUID> fit = fit(me.school(), all.stream().map(LinkStore.Instructor::staff).toList(), session.day());
        return new InstructorPage(
                session,
                open(session),
                all.stream().map(i -> new Person(i.staff(), i.name(), fit.contains(i.staff()), i.link(), i.openedAt(), i.proposedAt(), i.staff().equals(madeFor) ? made : null)).toList(),
                refusals);
    }

    private SessionNow session(Wearer me, UUID id) {
        return me.is(Role.OFFICE) ? afternoon.session(me.school(), id).orElseThrow(NotFound::new) : afternoon.session(me, id);
    }

    /** Only on the day, and only until the session ends. */
    private boolean open(SessionNow session) {
        Instant now = clock.instant();
        return !session.dropped() && session.custodian() != null && session.day().equals(LocalDate.ofInstant(now, Screen.ZONE)) && now.isBefore(session.until());
    }

    private Set<UUID> fit(UUID school, List<UUID> people, LocalDate day) {
        if (people.isEmpty()) return Set.of();
        List<Vetting> vettings = staffing.vettings(school);
        Map<UUID, Provider> providers = staffing.providers(school).stream().collect(Collectors.toMap(Provider::id, p -> p));
        Map<UUID, UUID> sentBy = staffing.outside(school).sentBy();
        return people.stream()
                .filter(p -> Objects.requireNonNull(Staffing.peopleFit(List.of(p), vettings, day).get(p)).fit())
                .filter(p -> {
                    @Nullable Provider provider = providers.get(sentBy.get(p));
                    return provider == null || Objects.requireNonNull(Staffing.providersFit(List.of(provider), vettings, day).get(provider.id())).fit();
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @return the secret of the link, which is kept nowhere */
    @Transactional
    Outcome<String> make(Wearer me, UUID id, UUID staff) {
        InstructorPage page = page(me, id, null, null, List.of());
        Person person = page.people().stream().filter(p -> p.staff().equals(staff)).findFirst().orElseThrow(NotFound::new);
        if (!page.open()) return Outcome.refused(new Refusal.Simple("custody.instructor.refused.over"));
        if (!person.fit()) return Outcome.refused(new Refusal.Simple("custody.instructor.refused.vetting"));
        Secret secret = Secret.fresh();
        store.make(me.school(), ids.next(), id, staff, secret.hash(), me.account(), clock.instant(), page.session().until());
        audit.record(me.school(), "custody.instructor_link_made", "session", id, Map.of("staff", staff));
        return Outcome.done(secret.text());
    }

    @Transactional
    void end(Wearer me, UUID id, UUID staff) {
        session(me, id);
        store.end(me.school(), id, staff, clock.instant());
        audit.record(me.school(), "custody.instructor_link_ended", "session", id, Map.of("staff", staff));
    }

    /** What the holder of a good link sees. @param list null until the link was opened here */
    record Seen(LinkStore.Good good, SessionNow session, boolean taken, @Nullable List<LinkStore.Listed> list) {}

    /** A look uses nothing up: chat programs fetch what is pasted into them. Empty where the link is over, or the papers don't hold today. */
    Optional<Seen> look(Secret link, Secret device) {
        return good(link).flatMap(good -> within(good, () -> afternoon.session(good.school(), good.session())
                .filter(this::open)
                .filter(s -> fit(good.school(), List.of(good.staff()), s.day()).contains(good.staff()))
                .map(s -> {
                    byte @Nullable [] holder = good.deviceHash();
                    boolean mine = holder != null && device.is(holder);
                    return new Seen(good, s, holder != null && !mine, mine ? store.names(good, s.day()) : null);
                })));
    }

    private Optional<LinkStore.Good> good(Secret link) {
        return Objects.requireNonNull(Scopes.within(Scope.DOOR, () -> transactions.execute(t -> store.good(link.hash(), clock.instant()))));
    }

    /** @return whether this device is the one that has the link from now on */
    boolean open(Secret link, Secret device) {
        return look(link, device).filter(s -> !s.taken()).map(s -> s.list() != null || within(s.good(), () -> store.open(s.good(), device.hash(), clock.instant()))).orElse(false);
    }

    /** @return how many are proposed as not there; empty where the link is not this device's */
    Optional<Integer> propose(Secret link, Secret device, Set<UUID> absent) {
        return look(link, device).flatMap(s -> {
            List<LinkStore.Listed> list = s.list();
            if (list == null) return Optional.empty();
            Set<UUID> known = list.stream().map(LinkStore.Listed::pupil).filter(absent::contains).collect(Collectors.toSet());
            within(s.good(), () -> {
                store.propose(s.good(), known, clock.instant());
                return true;
            });
            return Optional.of(known.size());
        });
    }

    private <T> T within(LinkStore.Good good, Supplier<T> work) {
        return Objects.requireNonNull(Scopes.within(Scope.school(good.school(), null), () -> transactions.execute(t -> work.get())));
    }
}
