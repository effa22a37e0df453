package afterbell.day.custody.childday;

import afterbell.day.custody.childday.Decision.Why;
import afterbell.day.custody.childday.Entry.Doubt;
import afterbell.day.custody.childday.Teller.Duty;
import afterbell.day.custody.childday.Whereabouts.CalledOut;
import afterbell.day.custody.childday.Whereabouts.Disputed;
import afterbell.day.custody.childday.Whereabouts.Ended;
import afterbell.day.custody.childday.Whereabouts.Held;
import afterbell.day.custody.childday.Whereabouts.InClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One child on one day: the only place that decides what may be said of it and what that means, release included (law 2).
 *
 * <p>Immutable. The chain only grows; its meaning is a pure function of the set of its entries, read in the order in which they happened.
 *
 * @param entries in the order in which they were recorded
 */
public record ChildDay(DayPlan plan, Limits limits, List<Entry> entries) {

    /** Entries are of this day when they happened at most this long before or after its last bell. */
    private static final Duration DAY = Duration.ofHours(14);

    public ChildDay {
        entries = List.copyOf(entries);
    }

    public static ChildDay begins(DayPlan plan, Limits limits) {
        return new ChildDay(plan, limits, List.of());
    }

    /** Where the child stands at that moment, as far as is known now. */
    public Standing standing(Instant moment) {
        return Reading.at(moment, plan, limits, entries);
    }

    /**
     * The first moment after {@code moment} at which the clock alone changes the standing; null where it never will. Between two of the moments looked at
     * nothing can change, so none is missed; and none is named in vain, for each costs the house a look at the child.
     */
    public @Nullable Instant next(Instant moment) {
        return entries.stream().noneMatch(entry -> entry.at().isAfter(moment)) ? Reading.next(moment, plan, limits, entries) : anyNext(moment);
    }

    /** The same by looking at every moment that could matter: for entries of the next minutes, and what tests compare with. */
    @Nullable Instant anyNext(Instant moment) {
        SortedSet<Instant> later = new TreeSet<>();
        List<Instant> roots = new ArrayList<>(List.of(plan.bell(), plan.leaves()));
        for (DayPlan.Stop stop : plan.stops()) roots.addAll(List.of(stop.from(), stop.to()));
        for (DayPlan.Turn turn : plan.turns()) roots.add(turn.at());
        for (Entry entry : entries) {
            roots.add(entry.at());
            if (entry.fact() instanceof Fact.Excused leave) roots.addAll(List.of(leave.from(), leave.to()));
            if (entry.fact() instanceof Fact.Counted counted) roots.add(counted.until());
        }
        List<Duration> steps = new ArrayList<>(List.of(Duration.ZERO, limits.grace(), limits.walking(), limits.late(), limits.calledOut()));
        steps.addAll(limits.escalation());
        for (Instant root : roots)
            for (Duration step : steps) if (root.plus(step).isAfter(moment)) later.add(root.plus(step));
        Standing now = standing(moment);
        for (Instant at : later) if (!standing(at).equals(now)) return at;
        return null;
    }

    /** The same chain under a changed plan: a dropped session, a special day, a transfer at noon. */
    public ChildDay under(DayPlan changed) {
        return new ChildDay(changed, limits, entries);
    }

    /** Decides one command; {@code now} is the server's time. */
    public Decision decide(Telling telling, Clearance clearance, Instant now) {
        Entry before = entry(telling.key());
        if (before != null)
            return before.fact().equals(telling.fact()) ? new Decision.Already(before) : new Decision.Refused(Why.KEY_REUSED);
        Why no = refuse(telling, clearance, now);
        if (no != null) return new Decision.Refused(no);
        Entry entry = Entry.told(
                telling.key(), telling.at(), now, telling.teller().account(), telling.fact(), doubts(telling.fact(), clearance));
        List<Entry> longer = new ArrayList<>(entries);
        longer.add(entry);
        return new Decision.Recorded(entry, new ChildDay(plan, limits, longer));
    }

    private @Nullable Entry entry(UUID id) {
        for (Entry entry : entries) if (entry.id().equals(id)) return entry;
        return null;
    }

    private @Nullable Why refuse(Telling telling, Clearance clearance, Instant now) {
        if (!entitled(telling)) return Why.NOT_YOURS;
        if (Duration.between(telling.at(), plan.bell()).abs().compareTo(DAY) > 0) return Why.ANOTHER_DAY;
        return switch (telling.fact()) {
            case Fact.Release release -> telling.happened() ? null : refuseRelease(release, standing(now).where(), clearance);
            case Fact.Away _ -> refuseAway(standing(now).where());
            case Fact.Excused _ -> standing(now).where() instanceof Ended ? Why.ALREADY_LEFT : null;
            case Fact.Undone undo -> refuseUndo(undo, telling, now);
            case Fact.Arrived _, Fact.ExcuseLifted _, Fact.Sent _, Fact.Counted _, Fact.CalledOut _, Fact.CameBack _, Fact.KeptLate _ -> null;
            case Fact.Missed _, Fact.Traced _, Fact.Swiped _, Fact.Accounted _ -> null;
        };
    }

    private boolean entitled(Telling telling) {
        Teller teller = telling.teller();
        return switch (telling.fact()) {
            case Fact.Away _, Fact.Arrived _ -> teller.any(Duty.CLASS_TEACHER, Duty.OFFICE, Duty.DUTY_LEADER, Duty.DEVICE);
            case Fact.Excused _, Fact.ExcuseLifted _ -> teller.any(Duty.GUARDIAN, Duty.CLASS_TEACHER, Duty.OFFICE, Duty.DUTY_LEADER);
            case Fact.Sent _, Fact.Counted _, Fact.Missed _, Fact.CalledOut _, Fact.CameBack _, Fact.KeptLate _, Fact.WithLine _ ->
                teller.any(Duty.CLASS_TEACHER, Duty.SERVICE_TEACHER, Duty.DUTY_LEADER);
            case Fact.Collected _, Fact.WalkedHome _ -> teller.any(Duty.CLASS_TEACHER, Duty.SERVICE_TEACHER, Duty.GATE, Duty.DUTY_LEADER);
            case Fact.Traced _ -> teller.any(Duty.CLASS_TEACHER, Duty.SERVICE_TEACHER, Duty.GATE, Duty.OFFICE, Duty.DUTY_LEADER);
            case Fact.Swiped _ -> teller.any(Duty.DEVICE);
            case Fact.Accounted _ -> teller.any(Duty.DUTY_LEADER);
            case Fact.Undone _ -> !teller.any(Duty.DEVICE);
        };
    }

    private static @Nullable Why refuseAway(Whereabouts where) {
        if (where instanceof Ended) return Why.ALREADY_LEFT;
        return where instanceof Held && !(where instanceof InClass) ? Why.IN_HAND : null;
    }

    private static @Nullable Why refuseRelease(Fact.Release release, Whereabouts where, Clearance clearance) {
        if (where instanceof Ended) return Why.ALREADY_LEFT;
        if (where instanceof Disputed) return Why.IN_DISPUTE;
        if (where instanceof CalledOut && release.fromLine()) return Why.CALLED_OUT;
        Set<Doubt> doubts = doubts(release, clearance);
        if (doubts.contains(Doubt.BARRED)) return Why.BARRED;
        if (doubts.contains(Doubt.NOT_A_COLLECTOR)) return Why.NOT_A_COLLECTOR;
        if (doubts.contains(Doubt.NO_CONSENT)) return Why.NO_CONSENT;
        return null;
    }

    private static Set<Doubt> doubts(Fact fact, Clearance clearance) {
        Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
        switch (fact) {
            case Fact.Collected collected -> {
                if (clearance.barred().contains(collected.collector())) doubts.add(Doubt.BARRED);
                else if (!clearance.collectors().contains(collected.collector())) doubts.add(Doubt.NOT_A_COLLECTOR);
            }
            case Fact.WithLine line -> {
                if (!clearance.consents().contains(line.consent())) doubts.add(Doubt.NO_CONSENT);
            }
            case Fact.WalkedHome walk -> {
                if (!clearance.consents().contains(walk.consent())) doubts.add(Doubt.NO_CONSENT);
            }
            case Fact.Away _, Fact.Arrived _, Fact.Excused _, Fact.ExcuseLifted _, Fact.Sent _, Fact.Counted _, Fact.Missed _ -> {}
            case Fact.CalledOut _, Fact.CameBack _, Fact.Traced _, Fact.KeptLate _, Fact.Swiped _, Fact.Accounted _, Fact.Undone _ -> {}
        }
        return doubts;
    }

    private @Nullable Why refuseUndo(Fact.Undone undo, Telling telling, Instant now) {
        Entry entry = entry(undo.entry());
        boolean leader = telling.teller().any(Duty.DUTY_LEADER);
        if (undo.byLeader() != leader) return Why.NOT_YOURS;
        // From an offline device the taking back may overtake what it takes back.
        if (entry == null) return telling.happened() && !leader ? null : Why.NOTHING_TO_UNDO;
        if (entry.fact() instanceof Fact.Undone) return Why.NOTHING_TO_UNDO;
        if (leader) return null;
        if (!entry.by().equals(telling.teller().account())) return Why.NOT_YOURS;
        return now.isAfter(entry.recorded().plus(limits.undo())) ? Why.TOO_LATE_TO_UNDO : null;
    }
}
