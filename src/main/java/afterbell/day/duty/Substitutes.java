package afterbell.day.duty;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Forbidden;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.day.duty.FreePeople.Book;
import afterbell.day.duty.FreePeople.Candidate;
import afterbell.day.duty.FreePeople.Way;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Somebody can't come, and somebody else does. Telling it asks the best free people at once; the first who accepts has the post, or the leader names one.
 * Whoever gets or loses a post is told in the same transaction, and what became of the post is kept.
 */
@Component
public class Substitutes {
    /** Who may change anybody's post. */
    public static final Role[] ROSTER = {Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER};

    private final PostStore store;
    private final CallStore calls;
    private final FreePeople free;
    private final Roster roster;
    private final Rules rules;
    private final Notices notices;
    private final DutyWords words;
    private final CommandKeys keys;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Substitutes(
            PostStore store,
            CallStore calls,
            FreePeople free,
            Roster roster,
            Rules rules,
            Notices notices,
            DutyWords words,
            CommandKeys keys,
            Audit audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.calls = calls;
        this.free = free;
        this.roster = roster;
        this.rules = rules;
        this.notices = notices;
        this.words = words;
        this.keys = keys;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** What became of a post. @param what {@code set, cleared, absent, back, substituted, swapped}; names are empty where there is nobody */
    public record Changed(String what, String from, String to, Instant at) {}

    /** An open post that the wearer is asked for. */
    public record Waiting(UUID call, Line line) {}

    /**
     * The person who stands there can't come, as the person says or the leader does.
     *
     * @return how many people were asked instead; 0 where somebody answers already (the deputy), or where nobody is free
     */
    @Transactional
    public Outcome<Integer> cannotCome(Wearer me, LocalDate day, PostKey post, UUID key) {
        UUID school = me.school();
        Optional<String> kept = keys.kept(key, "absent|" + day + "|" + post.text());
        if (kept.isPresent()) return Outcome.done(Integer.parseInt(kept.get()));
        store.lock(school, List.of(day));
        Line line = free.of(school, day).line(post).orElseThrow(NotFound::new);
        if (over(line)) return Outcome.refused(new DutyRefused.Past());
        @Nullable UUID who = line.post().staff();
        boolean own = me.account().equals(line.post().account());
        if (!own && !me.is(ROSTER)) throw new Forbidden();
        if (who == null) return Outcome.refused(new DutyRefused.NotYours());
        return Outcome.done(Integer.parseInt(keys.once(key, "absent|" + day + "|" + post.text(), () -> {
            Instant at = clock.instant();
            store.absent(school, day, who, post, me.account(), at);
            store.changed(school, day, post, "absent", who, null, me.account(), at);
            audit.record(school, "duty.absent", "staff", who, Map.of("day", day.toString(), "post", post.kind().code()));
            if (!own) tellOne(school, line.post().account(), "duty.notice.relieved", line, "duty.relieved");
            return Integer.toString(ask(me, school, day, post, at));
        })));
    }

    /** Asks the best free people for an open post; again asks those who were not asked yet. */
    @Transactional
    public Outcome<Integer> call(Wearer me, LocalDate day, PostKey post, UUID key) {
        UUID school = me.school();
        Optional<String> kept = keys.kept(key, "call|" + day + "|" + post.text());
        if (kept.isPresent()) return Outcome.done(Integer.parseInt(kept.get()));
        store.lock(school, List.of(day));
        Line line = free.of(school, day).line(post).orElseThrow(NotFound::new);
        if (over(line)) return Outcome.refused(new DutyRefused.Past());
        if (!line.open()) return Outcome.refused(new DutyRefused.Taken());
        return Outcome.done(Integer.parseInt(keys.once(key, "call|" + day + "|" + post.text(), () -> Integer.toString(ask(me, school, day, post, clock.instant())))));
    }

    private int ask(Wearer me, UUID school, LocalDate day, PostKey post, Instant at) {
        Book book = free.of(school, day);
        Line line = book.line(post).orElseThrow();
        if (!line.open()) {
            tellOne(school, line.post().account(), "duty.notice.now_yours", line, "duty.now_yours");
            events.publishEvent(new DutyEvent.SubstituteFound(school, day, post.kind().code(), post.ref(), Objects.requireNonNull(line.post().staff())));
            return 0;
        }
        events.publishEvent(new DutyEvent.PostOpened(school, day, post.kind().code(), post.ref()));
        List<Candidate> best = book.candidates(line).stream().filter(c -> c.free() && c.account() != null).limit(rules.value(school, day, Rule.DUTY_SUBSTITUTES_ASKED)).toList();
        if (!best.isEmpty()) {
            calls.call(school, day, post, best.stream().map(Candidate::staff).toList(), me.account(), at);
            Set<UUID> accounts = best.stream().map(c -> Objects.requireNonNull(c.account())).collect(Collectors.toUnmodifiableSet());
            notices.tell(new NewNotice(school, "duty.asked", words.of("duty.notice.asked", line), "/duty", new Audience.People(accounts)).urgently());
        }
        notices.tell(new NewNotice(school, "duty.open", words.of("duty.notice.open", line, best.size()), line.href(), new Audience.Staff(Set.of(Role.DUTY_LEADER, Role.OFFICE))).urgently());
        return best.size();
    }

    /** Comes after all, as long as nobody stands in. */
    @Transactional
    public Outcome<LocalDate> comesAfterAll(Wearer me, LocalDate day, PostKey post) {
        UUID school = me.school();
        StaffMember self = roster.staffOf(school, me.account()).orElseThrow(NotFound::new);
        store.lock(school, List.of(day));
        Line line = free.of(school, day).line(post).orElseThrow(NotFound::new);
        if (over(line)) return Outcome.refused(new DutyRefused.Past());
        if (!line.open()) return self.id().equals(line.post().staff()) ? Outcome.done(day) : Outcome.refused(new DutyRefused.Taken());
        Instant at = clock.instant();
        if (!store.back(school, day, self.id(), post, at)) throw new NotFound();
        calls.withdraw(school, day, post, at);
        store.changed(school, day, post, "back", null, self.id(), me.account(), at);
        audit.record(school, "duty.back", "staff", self.id(), Map.of("day", day.toString(), "post", post.kind().code()));
        events.publishEvent(new DutyEvent.SubstituteFound(school, day, post.kind().code(), post.ref(), self.id()));
        return Outcome.done(day);
    }

    /** The first who accepts has the post; whoever comes later reads that it is taken. */
    @Transactional
    public Outcome<LocalDate> accept(Wearer me, UUID call, UUID key) {
        UUID school = me.school();
        StaffMember self = roster.staffOf(school, me.account()).orElseThrow(NotFound::new);
        CallStore.Call asked = calls.asked(school, call, self.id()).orElseThrow(NotFound::new);
        if (keys.kept(key, "accept|" + call).isPresent()) return Outcome.done(asked.day());
        store.lock(school, List.of(asked.day()));
        Book book = free.of(school, asked.day());
        Optional<Line> found = book.line(asked.post());
        if (found.isEmpty() || !found.get().open()) return Outcome.refused(new DutyRefused.Taken());
        Line line = found.get();
        if (over(line)) return Outcome.refused(new DutyRefused.Past());
        Candidate candidate = book.candidates(line).stream().filter(c -> c.staff().equals(self.id())).findFirst().orElseThrow(NotFound::new);
        if (candidate.way() == Way.BUSY || candidate.way() == Way.ABSENT) return Outcome.refused(new DutyRefused.Busy("", candidate.name()));
        Instant at = clock.instant();
        if (!calls.fill(school, call, self.id(), at)) return Outcome.refused(new DutyRefused.Taken());
        keys.once(key, "accept|" + call, () -> {
            stand(school, line, null, self.id(), Duties.Source.SUBSTITUTE, "substituted", me.account(), at);
            notices.tell(new NewNotice(school, "duty.found", words.of("duty.notice.found", line, self.name()), line.href(), new Audience.Staff(Set.of(Role.DUTY_LEADER, Role.OFFICE))).urgently());
            if (asked.by() != null) notices.tell(new NewNotice(school, "duty.found", words.of("duty.notice.found", line, self.name()), "/duty", new Audience.People(Set.of(asked.by()))).urgently());
            return self.id().toString();
        });
        return Outcome.done(asked.day());
    }

    @Transactional
    public void refuse(Wearer me, UUID call) {
        StaffMember self = roster.staffOf(me.school(), me.account()).orElseThrow(NotFound::new);
        calls.asked(me.school(), call, self.id()).orElseThrow(NotFound::new);
        calls.refuse(me.school(), call, self.id(), clock.instant());
    }

    /** The office or the leader names who stands there; whoever did before is told too. */
    @Transactional
    public Outcome<LocalDate> appoint(Wearer me, LocalDate day, PostKey post, @Nullable UUID staff, UUID key) {
        UUID school = me.school();
        if (!me.is(ROSTER)) throw new Forbidden();
        if (staff == null) return Outcome.refused(new DutyRefused.NoPerson("staff"));
        String params = "appoint|" + day + "|" + post.text() + "|" + staff;
        if (keys.kept(key, params).isPresent()) return Outcome.done(day);
        store.lock(school, List.of(day));
        Book book = free.of(school, day);
        Line line = book.line(post).orElseGet(() -> added(day, post));
        if (over(line)) return Outcome.refused(new DutyRefused.Past());
        if (staff.equals(line.post().staff())) return Outcome.done(day);
        Optional<Candidate> candidate = book.candidates(line).stream().filter(c -> c.staff().equals(staff)).findFirst();
        if (candidate.isEmpty()) return Outcome.refused(new DutyRefused.NoPerson("staff"));
        if (candidate.get().way() == Way.BUSY || candidate.get().way() == Way.ABSENT) return Outcome.refused(new DutyRefused.Busy("staff", candidate.get().name()));
        keys.once(key, params, () -> {
            Instant at = clock.instant();
            calls.openFor(school, day, post).ifPresent(c -> calls.fill(school, c, staff, at));
            @Nullable UUID before = line.post().staff();
            stand(school, line, before, staff, before == null ? Duties.Source.SUBSTITUTE : Duties.Source.HAND, before == null ? "substituted" : "set", me.account(), at);
            if (before != null) tellOne(school, line.post().account(), "duty.notice.relieved", line, "duty.relieved");
            tellOne(school, candidate.get().account(), "duty.notice.appointed", line, "duty.appointed");
            return staff.toString();
        });
        return Outcome.done(day);
    }

    // An administrator besides those that the day has already: a post of its own from the moment on in which somebody is named.
    private static Line added(LocalDate day, PostKey post) {
        if (post.kind() != PostKind.ADMIN || post.number() < 1 || post.number() > 20) throw new NotFound();
        return new Line(new Post(day, post, null, null, null, null, null, null), "", "", false, "", 0, null, null);
    }

    private void stand(UUID school, Line line, @Nullable UUID before, UUID staff, Duties.Source source, String what, UUID by, Instant at) {
        Post post = line.post();
        store.put(school, List.of(new Duties.Written(post.day(), post.key(), staff, source, true)), by, at);
        store.changed(school, post.day(), post.key(), what, before, staff, by, at);
        audit.record(school, "duty." + what, "staff", staff, Map.of("day", post.day().toString(), "post", post.key().kind().code()));
        events.publishEvent(new DutyEvent.SubstituteFound(school, post.day(), post.key().kind().code(), post.key().ref(), staff));
    }

    private void tellOne(UUID school, @Nullable UUID account, String key, Line line, String kind) {
        if (account != null) notices.tell(new NewNotice(school, kind, words.of(key, line), "/duty", new Audience.People(Set.of(account))).urgently());
    }

    /** Open posts that the wearer is asked for. */
    @Transactional(readOnly = true)
    public List<Waiting> waiting(UUID school, UUID staff, LocalDate today) {
        List<CallStore.Call> open = calls.waitingFor(school, staff, today);
        if (open.isEmpty()) return List.of();
        LocalDate last = open.stream().map(CallStore.Call::day).max(LocalDate::compareTo).orElse(today);
        List<Line> lines = store.lines(school, open.getFirst().day(), last);
        return open.stream().flatMap(c -> lines.stream().filter(l -> l.open() && l.post().day().equals(c.day()) && l.post().key().equals(c.post())).limit(1).map(l -> new Waiting(c.id(), l))).toList();
    }

    /** Posts that this person can't come to and nobody has taken yet. */
    @Transactional(readOnly = true)
    public List<Line> givenUp(UUID school, UUID staff, LocalDate today) {
        List<CallStore.Post> all = calls.givenUp(school, staff, today);
        if (all.isEmpty()) return List.of();
        List<Line> lines = store.lines(school, all.getFirst().day(), all.getLast().day());
        return all.stream().flatMap(g -> lines.stream().filter(l -> l.open() && l.post().day().equals(g.day()) && l.post().key().equals(g.post())).limit(1)).toList();
    }

    @Transactional(readOnly = true)
    public List<Changed> history(UUID school, LocalDate day, PostKey post) {
        return calls.changes(school, day, post);
    }

    /** Whether its hour, or where it has none its day, is over. */
    public boolean over(Line line) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Screen.ZONE);
        @Nullable LocalTime ends = line.post().ends();
        return line.post().day().isBefore(today) || line.post().day().equals(today) && ends != null && !ends.isAfter(LocalTime.ofInstant(now, Screen.ZONE));
    }
}
