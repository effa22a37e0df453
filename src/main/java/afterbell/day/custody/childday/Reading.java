package afterbell.day.custody.childday;

import afterbell.day.custody.childday.Whereabouts.AccountedFor;
import afterbell.day.custody.childday.Whereabouts.Between;
import afterbell.day.custody.childday.Whereabouts.CalledOut;
import afterbell.day.custody.childday.Whereabouts.CollectedBy;
import afterbell.day.custody.childday.Whereabouts.Disputed;
import afterbell.day.custody.childday.Whereabouts.Ended;
import afterbell.day.custody.childday.Whereabouts.Expected;
import afterbell.day.custody.childday.Whereabouts.Held;
import afterbell.day.custody.childday.Whereabouts.InClass;
import afterbell.day.custody.childday.Whereabouts.Missing;
import afterbell.day.custody.childday.Whereabouts.NotAtSchool;
import afterbell.day.custody.childday.Whereabouts.NotExpected;
import afterbell.day.custody.childday.Whereabouts.OnLeave;
import afterbell.day.custody.childday.Whereabouts.Present;
import afterbell.day.custody.childday.Whereabouts.WaitingLate;
import afterbell.day.custody.childday.Whereabouts.WalkedHome;
import afterbell.day.custody.childday.Whereabouts.WentWithLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Understands a set of entries in the order in which they happened. The order of arrival plays no part, so entries that come late, from an offline device
 * or twice end in the same state (law 6).
 */
final class Reading {

    private final DayPlan plan;
    private final Limits limits;

    private Whereabouts where;
    /** Whom a fact in hand last named while nobody contradicted it. */
    private @Nullable UUID confirmed;
    /** The entry behind {@link #where}: one of the two claims, should a second one contradict it. */
    private @Nullable UUID cause;

    private Fact.@Nullable Excused excuse;
    private @Nullable Instant leftByCard;
    private @Nullable Instant cameByCard;
    private @Nullable Instant doubted;
    private boolean corrected;

    private Reading(DayPlan plan, Limits limits) {
        this.plan = plan;
        this.limits = limits;
        this.where = plan.stays() ? new InClass(plan.classTeacher()) : new NotExpected();
    }

    private Reading(Reading other) {
        plan = other.plan;
        limits = other.limits;
        where = other.where;
        confirmed = other.confirmed;
        cause = other.cause;
        excuse = other.excuse;
        leftByCard = other.leftByCard;
        cameByCard = other.cameByCard;
        doubted = other.doubted;
        corrected = other.corrected;
    }

    /** The standing at {@code now}, from the entries that happened up to then. */
    static Standing at(Instant now, DayPlan plan, Limits limits, Collection<Entry> entries) {
        return upTo(now, plan, limits, entries).standing(now);
    }

    /**
     * The first moment after {@code moment} at which the clock alone says something else, where none of the entries lies in the future; null where it never
     * will. The chain is read once; only the moments at which the standing itself could turn are looked at.
     */
    static @Nullable Instant next(Instant moment, DayPlan plan, Limits limits, Collection<Entry> entries) {
        Reading known = upTo(moment, plan, limits, entries);
        Reading here = new Reading(known);
        Standing now = here.standing(moment);
        return here.turns().stream()
                .filter(at -> at.isAfter(moment))
                .sorted()
                .filter(at -> !new Reading(known).standing(at).equals(now))
                .findFirst()
                .orElse(null);
    }

    private static Reading upTo(Instant now, DayPlan plan, Limits limits, Collection<Entry> entries) {
        Reading reading = new Reading(plan, limits);
        Set<UUID> undone = undone(now, entries);
        for (Entry entry : inOrder(entries)) {
            if (entry.at().isAfter(now)) break;
            if (undone.contains(entry.id())) reading.corrected = true;
            else reading.read(entry);
        }
        return reading;
    }

    /** Nearly all chains arrive as they happened. */
    private static Collection<Entry> inOrder(Collection<Entry> entries) {
        @Nullable Entry before = null;
        for (Entry entry : entries) {
            if (before != null && Entry.ORDER.compare(before, entry) > 0) return entries.stream().sorted(Entry.ORDER).toList();
            before = entry;
        }
        return entries;
    }

    /** Moments at which time could change what is known here. */
    private List<Instant> turns() {
        List<Instant> turns = new ArrayList<>();
        turns.add(plan.bell());
        switch (where) {
            case InClass _ -> turns.add(plan.bell().plus(limits.grace()));
            case Expected expected -> turns.add(expected.since().plus(limits.grace()));
            case Between between -> turns.add(awaited(between).plus(limits.walking()));
            case Missing missing -> limits.escalation().forEach(step -> turns.add(missing.since().plus(step)));
            case CalledOut out -> turns.add(out.since().plus(limits.calledOut()));
            case Present present -> {
                turns.add(present.until());
                turns.add(plan.leaves().plus(limits.late()));
            }
            case OnLeave leave -> turns.add(leave.until());
            case NotExpected _, NotAtSchool _, WaitingLate _, Disputed _, Ended _ -> {}
        }
        return turns;
    }

    /**
     * Entries taken back up to {@code now}. Whoever takes back an entry that is recorded already was checked by {@link ChildDay}; a taking back that
     * overtook its entry counts if both have the same teller.
     */
    private static Set<UUID> undone(Instant now, Collection<Entry> entries) {
        if (entries.stream().noneMatch(entry -> entry.fact() instanceof Fact.Undone)) return Set.of();
        Set<UUID> undone = new HashSet<>();
        for (Entry undo : entries)
            if (undo.fact() instanceof Fact.Undone taken && !undo.at().isAfter(now))
                for (Entry entry : entries)
                    if (entry.id().equals(taken.entry())
                            && !(entry.fact() instanceof Fact.Undone)
                            && (entry.by().equals(undo.by()) || taken.byLeader())) undone.add(entry.id());
        return undone;
    }

    private void read(Entry entry) {
        Instant at = entry.at();
        returnFromLeave(at);
        switch (entry.fact()) {
            case Fact.Away _ -> {
                if (confirmed == null && !(where instanceof Ended) && !(where instanceof Disputed)) {
                    where = new NotAtSchool();
                    // Whoever says so knows that the card came in earlier.
                    cameByCard = null;
                }
            }
            case Fact.Arrived _ -> {
                if (where instanceof NotAtSchool) where = at.isBefore(plan.bell()) ? start() : new Expected(at);
            }
            case Fact.Excused leave -> {
                excuse = leave;
                if (confirmed == null && (where instanceof Missing || where instanceof Expected) && excusedAt(at)) where = new OnLeave(leave.to());
            }
            case Fact.ExcuseLifted _ -> {
                excuse = null;
                if (where instanceof OnLeave) where = at.isBefore(plan.bell()) ? start() : new Expected(at);
            }
            case Fact.Sent sent -> {
                // The receiving teacher may be quicker with the count than the sender with the tap.
                boolean arrived = where instanceof Present present
                        && !present.custodian().equals(sent.custodian())
                        && (present.session().equals(sent.toSession()) || !succeeds(present, sent, at));
                if (!arrived) claim(entry, sent, new Between(sent.custodian(), sent.toSession(), at));
            }
            case Fact.Counted counted -> claim(entry, counted, new Present(counted.custodian(), counted.session(), end(counted, at), at));
            case Fact.CalledOut out -> claim(entry, out, calledOut(out, at));
            case Fact.CameBack back -> claim(entry, back, back(back.custodian(), at));
            case Fact.KeptLate late -> claim(entry, late, new WaitingLate(late.custodian(), late.expectedAt(), at));
            case Fact.Collected collected -> release(entry, collected, new CollectedBy(collected.collector(), at));
            case Fact.WithLine line -> release(entry, line, new WentWithLine(at));
            case Fact.WalkedHome walk -> release(entry, walk, new WalkedHome(at));
            case Fact.Missed missed -> miss(entry, missed);
            case Fact.Traced traced -> {
                if (where instanceof Missing missing) {
                    List<Fact.Step> steps = new ArrayList<>(missing.steps());
                    steps.add(traced.step());
                    where = new Missing(missing.since(), List.copyOf(steps));
                }
            }
            case Fact.Swiped swiped -> {
                leftByCard = swiped.out() && !at.isBefore(plan.bell()) ? at : null;
                cameByCard = swiped.out() ? null : at;
            }
            case Fact.Accounted accounted -> {
                where = accounted.custodian() == null ? new AccountedFor(entry.by(), at) : inTheHandsOf(accounted.custodian(), at);
                confirmed = accounted.custodian();
                cause = entry.id();
                leftByCard = null;
                cameByCard = null;
                doubted = null;
            }
            case Fact.Undone _ -> {}
        }
    }

    private Whereabouts start() {
        return plan.stays() ? new InClass(plan.classTeacher()) : new NotExpected();
    }

    /** A leave that has run out before the child's day has: from then on somebody should see the child again. */
    private void returnFromLeave(Instant moment) {
        if (where instanceof InClass && excusedAt(plan.bell()) && !moment.isBefore(plan.bell()) && excuse != null) where = new OnLeave(excuse.to());
        if (where instanceof OnLeave leave && !moment.isBefore(leave.until()) && leave.until().isBefore(plan.leaves())) where = new Expected(leave.until());
    }

    private boolean excusedAt(Instant moment) {
        return excuse != null && !moment.isBefore(excuse.from()) && moment.isBefore(excuse.to());
    }

    private void claim(Entry entry, Fact.InHand fact, Whereabouts next) {
        UUID claimant = fact.custodian();
        if (contradicts(fact, entry.at())) {
            dispute(entry);
            return;
        }
        where = next;
        confirmed = claimant;
        cause = entry.id();
    }

    private void release(Entry entry, Fact.Release fact, Ended next) {
        // Out of the room a moment ago, and gone with a line of which nobody named it: it may still sit at the infirmary.
        boolean unseen = where instanceof CalledOut && fact.fromLine();
        if ((unseen || !entry.doubts().isEmpty()) && doubted == null) doubted = entry.at();
        if (where instanceof Ended ended && sameEnd(ended, next)) return;
        if (contradicts(fact, entry.at())) {
            dispute(entry);
            return;
        }
        where = next;
        if (fact.custodian() != null) confirmed = fact.custodian();
        cause = entry.id();
    }

    /** Two tellers of one release: the teacher at the mark and the guard beside him. */
    private static boolean sameEnd(Ended one, Ended other) {
        return switch (one) {
            case CollectedBy by -> other instanceof CollectedBy again && again.collector().equals(by.collector());
            case WentWithLine _ -> other instanceof WentWithLine;
            case WalkedHome _ -> other instanceof WalkedHome;
            case AccountedFor _ -> false;
        };
    }

    /** Whether the child cannot have been with this person at that moment, as the entries before say. */
    private boolean contradicts(Fact.InHand fact, Instant at) {
        @Nullable UUID claimant = fact.custodian();
        return switch (where) {
            case NotExpected _, NotAtSchool _, OnLeave _, Expected _, InClass _, Missing _, Between _, CalledOut _ -> false;
            case Present present ->
                claimant != null && !claimant.equals(present.custodian()) && at.isBefore(present.until().minus(limits.early())) && !succeeds(present, fact, at);
            case WaitingLate late -> claimant != null && !claimant.equals(late.custodian());
            case Disputed _, Ended _ -> true;
        };
    }

    /** Whether this person has taken over the very session that the child is in: a substitute, a swap, a post that was open. He goes on where the other one stopped. */
    private boolean succeeds(Present present, Fact.InHand fact, Instant at) {
        if (fact instanceof Fact.Counted counted && !counted.session().equals(present.session())) return false;
        return fact.custodian() != null && plan.names(present.session(), fact.custodian(), at);
    }

    /** Up to when a count keeps others from claiming the child: a session that was dropped meanwhile holds nobody beyond that moment. */
    private Instant end(Fact.Counted counted, Instant at) {
        @Nullable Instant dropped = plan.dropped(counted.session());
        return dropped == null || !dropped.isBefore(counted.until()) ? counted.until() : later(dropped, at);
    }

    private void dispute(Entry entry) {
        List<UUID> claims = new ArrayList<>();
        Instant since = entry.at();
        if (where instanceof Disputed already) {
            claims.addAll(already.claims());
            since = already.since();
        } else if (cause != null) {
            claims.add(cause);
        }
        claims.add(entry.id());
        where = new Disputed(confirmed, List.copyOf(claims), since);
    }

    private Whereabouts calledOut(Fact.CalledOut out, Instant at) {
        return where instanceof Present present && (present.custodian().equals(out.custodian()) || succeeds(present, out, at))
                ? new CalledOut(out.custodian(), out.where(), present.session(), present.until(), at)
                : new CalledOut(out.custodian(), out.where(), null, null, at);
    }

    private Whereabouts back(UUID custodian, Instant at) {
        if (where instanceof CalledOut out && out.custodian().equals(custodian) && out.session() != null && out.until() != null)
            return new Present(custodian, out.session(), out.until(), at);
        return inTheHandsOf(custodian, at);
    }

    private Whereabouts inTheHandsOf(UUID custodian, Instant at) {
        for (DayPlan.Stop stop : plan.stops())
            if (!at.isBefore(stop.from()) && at.isBefore(stop.to())) return new Present(custodian, stop.session(), stop.to(), at);
        return new Between(custodian, null, at);
    }

    /** An empty chair moves a child only where nobody else has it in hand: another's count stands against it. */
    private void miss(Entry entry, Fact.Missed missed) {
        boolean gone = switch (where) {
            case InClass _, Expected _, Between _ -> true;
            case Present present ->
                present.custodian().equals(missed.custodian())
                        || !entry.at().isBefore(present.until())
                        || present.session().equals(missed.session()) && plan.names(present.session(), missed.custodian(), entry.at());
            case WaitingLate late -> late.custodian().equals(missed.custodian());
            case CalledOut out -> out.until() != null && !entry.at().isBefore(out.until());
            case NotExpected _, NotAtSchool _, OnLeave _, Missing _, Disputed _, Ended _ -> false;
        };
        if (!gone) return;
        // A leave explains an empty chair only while nobody had the child in hand: afterwards somebody must say to whom it went.
        where = confirmed == null && excuse != null && excusedAt(entry.at()) ? new OnLeave(excuse.to()) : new Missing(entry.at(), List.of());
        cause = entry.id();
    }

    private Standing standing(Instant now) {
        returnFromLeave(now);
        if (where instanceof Present present && !now.isBefore(present.until())) {
            // Whoever had a session that was dropped answers like a sender, until the next one counts the child.
            boolean dropped = plan.dropped(present.session()) != null;
            DayPlan.@Nullable Stop next = dropped ? plan.awaits(present.until()) : plan.next(present.until());
            if (dropped || next != null) where = new Between(present.custodian(), next == null ? null : next.session(), dropped ? later(present.until(), present.since()) : present.until());
        }
        List<Alarm> alarms = new ArrayList<>();
        switch (where) {
            case InClass _ -> ring(alarms, Alarm.Kind.NOT_HANDED_OVER, plan.bell().plus(limits.grace()), now);
            case Expected expected -> ring(alarms, Alarm.Kind.NOT_SEEN, expected.since().plus(limits.grace()), now);
            case Between between -> ring(alarms, Alarm.Kind.NOT_COUNTED, awaited(between).plus(limits.walking()), now);
            case Missing missing -> {
                int level = 0;
                for (var step : limits.escalation()) if (!now.isBefore(missing.since().plus(step))) level++;
                alarms.add(new Alarm(Alarm.Kind.MISSING, missing.since(), level));
            }
            case Disputed disputed -> alarms.add(new Alarm(Alarm.Kind.DISPUTED, disputed.since(), 0));
            case CalledOut out -> ring(alarms, Alarm.Kind.CALLED_OUT_LONG, out.since().plus(limits.calledOut()), now);
            case Present _ -> ring(alarms, Alarm.Kind.WAITING_LATE, plan.leaves().plus(limits.late()), now);
            case WaitingLate late -> alarms.add(new Alarm(Alarm.Kind.WAITING_LATE, late.since(), 0));
            case NotExpected _, NotAtSchool _, OnLeave _, Ended _ -> {}
        }
        if (leftByCard != null && !where.closed()) alarms.add(new Alarm(Alarm.Kind.CARD_SAYS_LEFT, leftByCard, 0));
        if (cameByCard != null && where instanceof Missing missing) alarms.add(new Alarm(Alarm.Kind.CARD_SAYS_HERE, later(cameByCard, missing.since()), 0));
        if (cameByCard != null && where instanceof NotAtSchool) alarms.add(new Alarm(Alarm.Kind.CARD_SAYS_HERE, cameByCard, 0));
        if (DayPlan.NOBODY.equals(where.answering())) ring(alarms, Alarm.Kind.NO_CUSTODIAN, plan.bell(), now);
        if (doubted != null) alarms.add(new Alarm(Alarm.Kind.RELEASE_DOUBTED, doubted, 0));
        return new Standing(where, alarms, corrected);
    }

    /** From when on the receiving room may be asked where the child is: not before its session begins. */
    private Instant awaited(Between between) {
        DayPlan.Stop to = plan.stop(between.toSession());
        return to != null && to.from().isAfter(between.since()) ? to.from() : between.since();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static void ring(List<Alarm> alarms, Alarm.Kind kind, Instant from, Instant now) {
        if (!now.isBefore(from)) alarms.add(new Alarm(kind, from, 0));
    }
}
