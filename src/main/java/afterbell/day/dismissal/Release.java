package afterbell.day.dismissal;

import afterbell.base.roster.WayHome;
import afterbell.base.roster.WayHome.Ways;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.text.AlikeNames;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.Reasons;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.ChildDay;
import afterbell.day.custody.childday.Clearance;
import afterbell.day.custody.childday.Decision;
import afterbell.day.custody.childday.Decision.Why;
import afterbell.day.custody.childday.Entry;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Telling;
import afterbell.day.dismissal.LeavingStore.Leaving;
import afterbell.day.dismissal.LeavingStore.Named;
import afterbell.day.duty.PostKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets children go: with the line, to a person, alone with consent, or into the late room. Every act names each child, asks the chain, and is refused where
 * the chain, a consent or a paper says no. Done twice it changes nothing (law 6).
 */
@Component
public class Release {
    private static final Refusal ALIKE = new Refusal.Simple("dismissal.refused.alike");

    private final Sight sight;
    private final LeavingStore store;
    private final ChildDays days;
    private final WayHome wayHome;
    private final Reasons reasons;
    private final Passes passes;
    private final Strangers strangers;
    private final CommandKeys keys;
    private final GoingHomeLimits limits;
    private final Clock clock;

    Release(Sight sight, LeavingStore store, ChildDays days, WayHome wayHome, Reasons reasons, Passes passes, Strangers strangers, CommandKeys keys, GoingHomeLimits limits, Clock clock) {
        this.sight = sight;
        this.store = store;
        this.days = days;
        this.wayHome = wayHome;
        this.reasons = reasons;
        this.passes = passes;
        this.strangers = strangers;
        this.keys = keys;
        this.limits = limits;
        this.clock = clock;
    }

    /** What became of a line. @param left with the line @param walked alone with consent @param stays with the teacher until somebody comes */
    public record LineLeft(int left, int walked, int stays) {
        private String text() {
            return left + " " + walked + " " + stays;
        }

        private static LineLeft of(String text) {
            String[] parts = text.split(" ");
            return new LineLeft(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }
    }

    /**
     * The line of a session has been led to its mark. Whoever is covered by a guardian's consent and not named as staying has left with it; nobody else has.
     *
     * @param listed the children whom the teacher saw on the page: one that came since is not let go unseen
     */
    @Transactional
    public Outcome<LineLeft> line(Wearer me, UUID session, Collection<UUID> listed, Set<UUID> staying, UUID key) {
        LocalDate day = today();
        // Once the line has left nobody is listed any more: a second tap of the same must not meet its own result.
        String params = "dismissal.line " + session + " " + new TreeSet<>(listed) + " " + new TreeSet<>(staying);
        Optional<String> before = keys.kept(key, params);
        if (before.isPresent()) return Outcome.done(LineLeft.of(before.get()));
        Sight.Seen seen = sight.of(me, day);
        List<Leaving> children = store.line(me.school(), day, session);
        Map<UUID, Ways> ways = wayHome.on(me.school(), day, children.stream().map(Leaving::pupil).toList());
        Instant now = clock.instant();
        List<ToldOf> told = new ArrayList<>();
        int stays = 0;
        for (Leaving child : children) {
            Teller teller = seen.teller(child);
            Ways way = Objects.requireNonNull(ways.get(child.pupil()));
            UUID custodian = Objects.requireNonNull(child.hands());
            @Nullable Fact fact = !child.inLine() || staying.contains(child.pupil()) || !listed.contains(child.pupil())
                    ? null
                    : way.line() != null ? new Fact.WithLine(custodian, way.line()) : way.walk() != null ? new Fact.WalkedHome(custodian, way.walk()) : null;
            if (fact == null) stays++;
            else told.add(new ToldOf(child.pupil(), new Telling(entry(key, child.pupil()), now, teller, fact, false), clearance(way)));
        }
        List<Decision> decisions = days.tell(me.school(), day, told);
        int left = 0;
        int walked = 0;
        for (int i = 0; i < told.size(); i++)
            if (decisions.get(i) instanceof Decision.Refused) stays++;
            else if (told.get(i).telling().fact() instanceof Fact.WithLine) left++;
            else walked++;
        if (left + walked == 0 && !children.isEmpty()) return Outcome.refused(new Refusal.Simple("dismissal.refused.nobody_leaves"));
        LineLeft done = new LineLeft(left, walked, stays);
        keys.once(key, params, done::text);
        return Outcome.done(done);
    }

    /**
     * The children of a bus or dormitory are handed to its keeper. Whoever is on its list today and not named as staying has gone with it.
     *
     * @param listed the children whom whoever taps saw on the page
     * @return how many have gone
     */
    @Transactional
    public Outcome<Integer> ride(Wearer me, UUID ride, Collection<UUID> listed, Set<UUID> staying, UUID key) {
        LocalDate day = today();
        String params = "dismissal.ride " + ride + " " + new TreeSet<>(listed) + " " + new TreeSet<>(staying);
        Optional<String> before = keys.kept(key, params);
        if (before.isPresent()) return Outcome.done(Integer.valueOf(before.get()));
        Sight.Seen seen = sight.of(me, day);
        UUID keeper = store.rides(me.school(), day, ride).stream().findFirst().orElseThrow(NotFound::new).adult();
        List<Leaving> children = store.riders(me.school(), day, ride).stream().filter(c -> seen.may(c) && listed.contains(c.pupil()) && !staying.contains(c.pupil())).toList();
        Map<UUID, Ways> ways = wayHome.on(me.school(), day, children.stream().map(Leaving::pupil).toList());
        Instant now = clock.instant();
        List<ToldOf> told = new ArrayList<>();
        for (Leaving child : children) {
            Ways own = Objects.requireNonNull(ways.get(child.pupil()));
            // The guardian's consent to the bus, or the dormitory's list, puts its keeper on the child's list for the day; a paper still wins.
            Set<UUID> takers = new HashSet<>(own.takerIds());
            takers.add(keeper);
            Fact handed = new Fact.Collected(child.hands(), keeper, Fact.Proof.KNOWN_BY_SIGHT);
            told.add(new ToldOf(child.pupil(), new Telling(entry(key, child.pupil()), now, seen.teller(child), handed, false), new Clearance(takers, own.barred(), own.consents())));
        }
        int gone = (int) days.tell(me.school(), day, told).stream().filter(d -> !(d instanceof Decision.Refused)).count();
        if (gone == 0) return Outcome.refused(new Refusal.Simple("dismissal.refused.nobody_rides"));
        keys.once(key, params, () -> Integer.toString(gone));
        return Outcome.done(gone);
    }

    /** A brother or sister who is still at school. @param ready its day is over or about to be, so that one person may take both */
    public record Sibling(Leaving child, Set<UUID> takers, boolean ready) {}

    /**
     * A child and how it may go home, for the page that hands it over.
     *
     * @param alike other children still here whose names are taken for this one's
     * @param siblings brothers and sisters who are still here
     */
    public record Handing(Leaving child, Ways ways, List<Leaving> alike, List<Sibling> siblings) {}

    @Transactional(readOnly = true)
    public Handing handing(Wearer me, UUID pupil) {
        LocalDate day = today();
        List<Leaving> family = store.family(me.school(), day, pupil);
        Leaving child = family.stream().filter(c -> c.pupil().equals(pupil)).findFirst().orElseThrow(NotFound::new);
        Sight.Seen seen = sight.of(me, day);
        seen.teller(child);
        List<Leaving> siblings = family.stream().filter(c -> !c.pupil().equals(pupil)).toList();
        List<UUID> all = family.stream().map(Leaving::pupil).toList();
        Map<UUID, Ways> ways = wayHome.on(me.school(), day, all);
        Instant soon = clock.instant().plus(limits.line(me.school(), day));
        return new Handing(
                child,
                Objects.requireNonNull(ways.get(pupil)),
                alike(me, day, child),
                siblings.stream().map(c -> new Sibling(c, Objects.requireNonNull(ways.get(c.pupil())).takerIds(), seen.may(c) && (c.waitsLate() || !c.leaves().isAfter(soon)))).toList());
    }

    /** Whether another child that is still here could be meant, at which nobody has looked yet. A child that has left says so by itself. */
    private boolean mistaken(Wearer me, UUID pupil, Set<UUID> seen) {
        LocalDate day = today();
        return store.some(me.school(), day, List.of(pupil)).stream().anyMatch(child -> alike(me, day, child).stream().anyMatch(other -> !seen.contains(other.pupil())));
    }

    private List<Leaving> alike(Wearer me, LocalDate day, Leaving child) {
        List<UUID> alike = store.due(me.school(), day, clock.instant().plus(limits.line(me.school(), day))).stream()
                .filter(c -> !c.pupil().equals(child.pupil()) && AlikeNames.alike(c.name(), child.name()))
                .map(Named::pupil)
                .toList();
        return alike.isEmpty() ? List.of() : store.some(me.school(), day, alike);
    }

    /** Who took whom. @param taker as the list calls that person; empty for a repeated tap @param children their names, the one at the gate first */
    public record Handed(String taker, List<String> children) {}

    /**
     * Hands a child to a person of its list, and brothers and sisters with it whose list has that person as well.
     *
     * @param adult who stands there; null where only a code or card is shown
     * @param shown six digits, or what the picture of a card or phone holds; empty for people known by sight
     * @param also brothers and sisters who go along
     * @param seen children of names that are taken for this one's, at whom whoever taps has looked: asked for all of them where nothing but his eyes says which child it is
     */
    @Transactional
    public Outcome<Handed> hand(Wearer me, UUID pupil, @Nullable UUID adult, String shown, Set<UUID> also, Set<UUID> seen, UUID key) {
        String params = "dismissal.hand " + pupil + " " + adult + " " + shown + " " + new TreeSet<>(also);
        if (keys.kept(key, params).isPresent()) return Outcome.done(new Handed("", List.of()));
        Outcome<Handed> outcome = handNow(me, pupil, adult, shown.replaceAll("\\s", ""), also, seen, key);
        if (outcome instanceof Outcome.Done<Handed>) keys.once(key, params, () -> "done");
        return outcome;
    }

    /** Hands one child over, alone. @return who took it, as its list says; empty for a repeated tap */
    @Transactional
    public Outcome<String> hand(Wearer me, UUID pupil, @Nullable UUID adult, String shown, Set<UUID> seen, UUID key) {
        return switch (hand(me, pupil, adult, shown, Set.of(), seen, key)) {
            case Outcome.Done<Handed>(Handed handed) -> Outcome.done(handed.taker());
            case Outcome.Refused<Handed> refused -> Outcome.refused(refused.refusals());
        };
    }

    private Outcome<Handed> handNow(Wearer me, UUID pupil, @Nullable UUID adult, String shown, Set<UUID> also, Set<UUID> looked, UUID key) {
        LocalDate day = today();
        Instant now = clock.instant();
        Sight.Seen seen = sight.of(me, day);
        ChildStanding standing = Optional.ofNullable(days.standings(me.school(), day, List.of(pupil)).get(pupil)).orElseThrow(NotFound::new);
        Teller teller = seen.teller(standing.schoolClass(), hands(standing), answers(standing));
        if (standing.state().left()) return Outcome.refused(refusal(Why.ALREADY_LEFT));
        if (shown.isEmpty() && mistaken(me, pupil, looked)) return Outcome.refused(ALIKE);
        List<Leaving> siblings = also.isEmpty() ? List.of() : store.family(me.school(), day, pupil).stream().filter(c -> !c.pupil().equals(pupil) && also.contains(c.pupil())).toList();
        Map<UUID, Ways> all = wayHome.on(me.school(), day, Stream.concat(Stream.of(pupil), siblings.stream().map(Leaving::pupil)).toList());
        Ways ways = Objects.requireNonNull(all.get(pupil));
        UUID chosen = adult;
        Fact.Proof proof = Fact.Proof.KNOWN_BY_SIGHT;
        Passes.Shown.@Nullable Known known = null;
        if (!shown.isEmpty()) {
            chosen = wayHome.byCode(me.school(), pupil, day, shown).orElse(null);
            proof = Fact.Proof.CODE;
            if (chosen == null)
                switch (passes.read(me.school(), pupil, shown)) {
                    case Passes.Shown.Refused(String why) -> {
                        return Outcome.refused(new Refusal.Simple(why, "code", List.of()));
                    }
                    case Passes.Shown.Known found -> {
                        known = found;
                        chosen = found.adult();
                        proof = found.proof();
                    }
                }
        }
        UUID who = chosen;
        Optional<WayHome.Taker> taker = ways.takers().stream().filter(t -> t.adult().equals(who)).findFirst();
        if (who == null || taker.isEmpty()) {
            // Kept away, or no longer on the list with a pass that is good: the gate reads what it reads of everybody, the duty leader is called.
            if (who != null && (ways.barred().contains(who) || !shown.isEmpty())) strangers.shown(me, pupil, who, ways.barred().contains(who));
            return Outcome.refused(refusal(Why.NOT_A_COLLECTOR));
        }
        if (taker.get().byCode() && shown.isEmpty()) return Outcome.refused(new Refusal.Simple("dismissal.refused.code_first", "code", List.of()));
        List<ToldOf> told = new ArrayList<>();
        told.add(new ToldOf(pupil, new Telling(entry(key, pupil), now, teller, new Fact.Collected(now(standing), who, proof), false), clearance(ways)));
        for (Leaving sibling : siblings) {
            Ways own = Objects.requireNonNull(all.get(sibling.pupil()));
            if (own.takerIds().contains(who))
                told.add(new ToldOf(
                        sibling.pupil(),
                        new Telling(entry(key, sibling.pupil()), now, seen.teller(sibling), new Fact.Collected(sibling.hands(), who, proof), false),
                        clearance(own)));
        }
        List<Decision> decisions = days.tell(me.school(), day, told);
        if (decisions.getFirst() instanceof Decision.Refused(Why why)) return Outcome.refused(refusal(why));
        // The children's rows are held by now, so of two who show one code the second finds the child gone; a code that another release has spent ends this one.
        if (known != null && !passes.spend(me.school(), known, me.account())) throw new NotDone(new Refusal.Simple("dismissal.refused.code_spent", "code", List.of()));
        Map<UUID, String> names = siblings.stream().collect(Collectors.toMap(Leaving::pupil, Leaving::name));
        List<String> gone = new ArrayList<>();
        for (int i = 1; i < told.size(); i++) if (!(decisions.get(i) instanceof Decision.Refused)) gone.add(Objects.requireNonNull(names.get(told.get(i).pupil())));
        return Outcome.done(new Handed(taker.get().name(), gone));
    }

    /** Refused after the first write: the transaction ends with nothing done. */
    public static final class NotDone extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Refusal refusal;

        NotDone(Refusal refusal) {
            super("not done", null, false, false);
            this.refusal = refusal;
        }

        public Refusal refusal() {
            return refusal;
        }
    }

    /** What a card or phone shows, before anything is done: whose it is, and for which child. */
    @Transactional(readOnly = true)
    public Passes.Shown shown(Wearer me, String text) {
        return passes.read(me.school(), null, text);
    }

    /** Lets a child walk home alone, with the consent that covers the day. @param seen as of a child that is handed over */
    @Transactional
    public Outcome<String> walk(Wearer me, UUID pupil, Set<UUID> seen, UUID key) {
        return once(key, "dismissal.walk " + pupil, () -> walkNow(me, pupil, seen, key));
    }

    private Outcome<String> walkNow(Wearer me, UUID pupil, Set<UUID> seen, UUID key) {
        LocalDate day = today();
        ChildStanding standing = Optional.ofNullable(days.standings(me.school(), day, List.of(pupil)).get(pupil)).orElseThrow(NotFound::new);
        Teller teller = sight.of(me, day).teller(standing.schoolClass(), hands(standing), answers(standing));
        if (standing.state().left()) return Outcome.refused(refusal(Why.ALREADY_LEFT));
        if (mistaken(me, pupil, seen)) return Outcome.refused(ALIKE);
        Ways ways = wayHome.on(me.school(), day, pupil);
        if (ways.walk() == null) return Outcome.refused(refusal(Why.NO_CONSENT));
        // One by one somebody sees the child go: also one that its teacher has called out, whose hands it has not come back to.
        UUID from = standing.state() == ChildStanding.State.CALLED_OUT ? null : now(standing);
        return one(me, day, pupil, new Telling(entry(key, pupil), clock.instant(), teller, new Fact.WalkedHome(from, ways.walk()), false), clearance(ways), "");
    }

    /** Takes a child into the late room, or keeps it with its teacher where nobody stands there. */
    @Transactional
    public Outcome<String> keepLate(Wearer me, UUID pupil, UUID key) {
        LocalDate day = today();
        Leaving child = leaving(me, day, pupil);
        Sight.Seen seen = sight.of(me, day);
        Teller teller = seen.teller(child);
        @Nullable UUID hands = child.hands();
        UUID room = seen.duty().at(PostKey.LATE).orElse(hands);
        if (room == null) throw new NotFound();
        Instant now = clock.instant();
        List<ToldOf> told = new ArrayList<>();
        // Whoever has the child sends it; so the room's count contradicts nobody.
        if (hands != null && !hands.equals(room))
            told.add(new ToldOf(pupil, new Telling(entry(key, pupil, "sent"), now, teller, new Fact.Sent(hands, null, room), false)));
        told.add(new ToldOf(pupil, new Telling(entry(key, pupil), now, teller, new Fact.KeptLate(room, null), false)));
        return days.tell(me.school(), day, told).getLast() instanceof Decision.Refused(Why why) ? Outcome.refused(refusal(why)) : Outcome.done("");
    }

    /** The last release of a child was a mistake: it is at school. The entry stays in the chain and counts no more. */
    @Transactional
    public Outcome<String> undo(Wearer me, UUID pupil, String why, UUID key) {
        return once(key, "dismissal.undo " + pupil + " " + why, () -> undoNow(me, pupil, why, key));
    }

    private Outcome<String> undoNow(Wearer me, UUID pupil, String why, UUID key) {
        LocalDate day = today();
        ChildDay chain = days.day(me.school(), day, pupil).orElseThrow(NotFound::new);
        ChildStanding standing = Optional.ofNullable(days.standings(me.school(), day, List.of(pupil)).get(pupil)).orElseThrow(NotFound::new);
        String words = why.strip();
        if (words.isEmpty() || words.length() > Reasons.LONGEST) return Outcome.refused(new Refusal.Simple("dismissal.refused.reason", "why", List.of(Reasons.LONGEST)));
        Entry last = null;
        for (Entry entry : chain.entries()) if (entry.fact() instanceof Fact.Release) last = entry;
        if (last == null) throw new NotFound();
        Sight.Seen seen = sight.of(me, day);
        if (!seen.leader() && !last.by().equals(me.account())) throw new NotFound();
        Teller teller = seen.leader() ? new Teller(me.account(), Set.of(Teller.Duty.DUTY_LEADER)) : seen.teller(standing.schoolClass(), hands(standing), answers(standing));
        UUID reason = reasons.keep(me.school(), pupil, words, me.account());
        return one(me, day, pupil, new Telling(entry(key, pupil), clock.instant(), teller, new Fact.Undone(last.id(), reason, seen.leader()), false), new Clearance(Set.of(), Set.of(), Set.of()), "");
    }

    /**
     * A whole line was let go by mistake: its children who left with it, or from it alone, are at school again. Whoever let them go may take it back for as
     * long as the rules say, the duty leader at any time.
     *
     * @return how many are back
     */
    @Transactional
    public Outcome<Integer> undoLine(Wearer me, UUID session, String why, UUID key) {
        LocalDate day = today();
        String words = why.strip();
        if (words.isEmpty() || words.length() > Reasons.LONGEST) return Outcome.refused(new Refusal.Simple("dismissal.refused.reason", "why", List.of(Reasons.LONGEST)));
        String params = "dismissal.undo_line " + session + " " + words;
        Optional<String> before = keys.kept(key, params);
        if (before.isPresent()) return Outcome.done(Integer.valueOf(before.get()));
        Sight.Seen seen = sight.of(me, day);
        List<LeavingStore.Left> left = store.left(me.school(), day, session).stream().filter(l -> seen.leader() || l.by().equals(me.account())).toList();
        if (left.isEmpty()) return Outcome.refused(refusal(Why.NOTHING_TO_UNDO));
        Set<Teller.Duty> as = Set.of(seen.leader() ? Teller.Duty.DUTY_LEADER : Teller.Duty.SERVICE_TEACHER);
        Map<UUID, UUID> reason = reasons.keep(me.school(), left.stream().map(LeavingStore.Left::pupil).toList(), words, me.account());
        Instant now = clock.instant();
        List<Decision> decisions = days.tell(
                me.school(),
                day,
                left.stream()
                        .map(l -> new ToldOf(
                                l.pupil(),
                                new Telling(entry(key, l.pupil()), now, new Teller(me.account(), as), new Fact.Undone(l.entry(), Objects.requireNonNull(reason.get(l.pupil())), seen.leader()), false)))
                        .toList());
        int back = (int) decisions.stream().filter(d -> !(d instanceof Decision.Refused)).count();
        if (back == 0 && decisions.getFirst() instanceof Decision.Refused(Why no)) throw new NotDone(refusal(no));
        keys.once(key, params, () -> Integer.toString(back));
        return Outcome.done(back);
    }

    /** The key is consumed by success alone; a repeated tap gets the first answer, without the name that a message would say. */
    private Outcome<String> once(UUID key, String params, Supplier<Outcome<String>> act) {
        if (keys.kept(key, params).isPresent()) return Outcome.done("");
        Outcome<String> outcome = act.get();
        if (outcome instanceof Outcome.Done<String>) keys.once(key, params, () -> "done");
        return outcome;
    }

    private Outcome<String> one(Wearer me, LocalDate day, UUID pupil, Telling telling, Clearance clearance, String said) {
        return switch (days.tell(me.school(), day, List.of(new ToldOf(pupil, telling, clearance))).getFirst()) {
            case Decision.Recorded _, Decision.Already _ -> Outcome.done(said);
            case Decision.Refused(Why why) -> Outcome.refused(refusal(why));
        };
    }

    /** In whose hands the child is, or was last meant to be. */
    private static @Nullable UUID hands(ChildStanding standing) {
        return standing.custodian() != null || standing.custodians().isEmpty() ? standing.custodian() : standing.custodians().getLast();
    }

    /** Who answers by now for the session that the child is in; null where it is in none of its own. */
    private static @Nullable UUID answers(ChildStanding standing) {
        int stop = standing.session() == null || standing.state() != State.PRESENT && standing.state() != State.CALLED_OUT ? -1 : standing.sessions().indexOf(standing.session());
        return stop < 0 ? null : standing.custodians().get(stop);
    }

    private static @Nullable UUID now(ChildStanding standing) {
        @Nullable UUID answers = answers(standing);
        return answers != null ? answers : standing.custodian();
    }

    private Leaving leaving(Wearer me, LocalDate day, UUID pupil) {
        return store.some(me.school(), day, List.of(pupil)).stream().findFirst().orElseThrow(NotFound::new);
    }

    private static Clearance clearance(Ways ways) {
        return new Clearance(ways.takerIds(), ways.barred(), ways.consents());
    }

    private static Refusal refusal(Why why) {
        return new Refusal.Simple("dismissal.refused." + why.name().toLowerCase(Locale.ROOT));
    }

    /** The key of what an act says of one child. */
    private static UUID entry(UUID key, UUID pupil) {
        return entry(key, pupil, "");
    }

    private static UUID entry(UUID key, UUID pupil, String part) {
        return UUID.nameUUIDFromBytes((key + "/" + pupil + part).getBytes(StandardCharsets.UTF_8));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
