package afterbell.day.custody.childday;

import afterbell.day.custody.childday.Whereabouts.Disputed;
import afterbell.day.custody.childday.Whereabouts.Ended;
import afterbell.day.custody.childday.Whereabouts.Expected;
import afterbell.day.custody.childday.Whereabouts.Held;
import afterbell.day.custody.childday.Whereabouts.InClass;
import afterbell.day.custody.childday.Whereabouts.Missing;
import afterbell.day.custody.childday.Whereabouts.Present;
import afterbell.day.custody.childday.Teller.Duty;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** The laws of the child-day, written a second time and from the entries alone, so that a bug in {@link Reading} cannot hide in its own words. */
final class Laws {

    /** How a chain is understood; the tests plant bugs here. */
    interface Meaning {
        Standing at(Instant moment, DayPlan plan, Limits limits, Collection<Entry> entries);
    }

    /** How a command is decided; the tests plant bugs here as well. */
    interface Deciding {
        Decision decide(ChildDay day, Telling telling, Clearance clearance, Instant now);
    }

    private Laws() {}

    /** What a decision breaks: the chain grows by this one entry or stays, no release that was asked for is recorded against a no, nobody says what is not his. */
    static List<String> findings(ChildDay before, Telling telling, Clearance clearance, Instant now, Decision decision) {
        List<String> found = new ArrayList<>();
        boolean known = before.entries().stream().anyMatch(entry -> entry.id().equals(telling.key()));
        if (!(decision instanceof Decision.Recorded(Entry entry, ChildDay after))) {
            if (decision instanceof Decision.Already && !known) found.add("nothing is written and the answer says that it was: " + telling);
            return found;
        }
        if (known) found.add("one key, two entries: " + telling);
        List<Entry> grown = new ArrayList<>(before.entries());
        grown.add(entry);
        if (!after.entries().equals(grown)) found.add("a chain that did not grow by one entry: " + telling);
        if (!entry.id().equals(telling.key()) || !entry.fact().equals(telling.fact()) || !entry.by().equals(telling.teller().account())) found.add("other words than were told: " + entry);
        if (entry.at().isAfter(now.plus(Entry.AHEAD))) found.add("an entry of the future: " + entry);
        if (telling.teller().duties().stream().noneMatch(mayBeSaidBy(telling.fact())::contains)) found.add("said by somebody whose duty it is not: " + telling);
        if (telling.fact() instanceof Fact.Release release && !telling.happened()) {
            Whereabouts where = before.standing(now).where();
            if (where instanceof Ended || where instanceof Disputed) found.add("let go although " + where);
            if (!entry.doubts().isEmpty() || !allowed(release, clearance)) found.add("let go although a paper says no: " + telling);
        }
        return found;
    }

    private static boolean allowed(Fact.Release release, Clearance clearance) {
        return switch (release) {
            case Fact.Collected by -> clearance.collectors().contains(by.collector()) && !clearance.barred().contains(by.collector());
            case Fact.WithLine line -> clearance.consents().contains(line.consent());
            case Fact.WalkedHome walk -> clearance.consents().contains(walk.consent());
        };
    }

    private static Set<Duty> mayBeSaidBy(Fact fact) {
        return switch (fact) {
            case Fact.Accounted _ -> Set.of(Duty.DUTY_LEADER);
            case Fact.Swiped _ -> Set.of(Duty.DEVICE);
            case Fact.Excused _, Fact.ExcuseLifted _ -> Set.of(Duty.GUARDIAN, Duty.CLASS_TEACHER, Duty.OFFICE, Duty.DUTY_LEADER);
            case Fact.Away _, Fact.Arrived _ -> Set.of(Duty.CLASS_TEACHER, Duty.OFFICE, Duty.DUTY_LEADER, Duty.DEVICE);
            case Fact.Collected _, Fact.WalkedHome _ -> Set.of(Duty.CLASS_TEACHER, Duty.SERVICE_TEACHER, Duty.GATE, Duty.DUTY_LEADER);
            case Fact.Traced _ -> Set.of(Duty.CLASS_TEACHER, Duty.SERVICE_TEACHER, Duty.GATE, Duty.OFFICE, Duty.DUTY_LEADER);
            case Fact.Undone _ -> Set.of(Duty.GUARDIAN, Duty.CLASS_TEACHER, Duty.SERVICE_TEACHER, Duty.GATE, Duty.OFFICE, Duty.DUTY_LEADER);
            case Fact.Sent _, Fact.Counted _, Fact.Missed _, Fact.CalledOut _, Fact.CameBack _, Fact.KeptLate _, Fact.WithLine _ -> Set.of(Duty.CLASS_TEACHER, Duty.SERVICE_TEACHER, Duty.DUTY_LEADER);
        };
    }

    /** All that this chain breaks; empty where the laws hold. */
    static List<String> findings(Meaning meaning, ChildDay day, Random random) {
        List<String> found = new ArrayList<>();
        Set<Instant> moments = new HashSet<>();
        for (Entry entry : day.entries()) moments.add(entry.at());
        moments.add(day.plan().bell());
        moments.add(day.plan().bell().plus(day.limits().grace()));
        moments.add(day.plan().leaves().plus(Duration.ofHours(3)));
        for (Instant moment : moments) {
            Standing standing = meaning.at(moment, day.plan(), day.limits(), day.entries());
            someoneAnswersOrItRings(found, day, moment, standing);
            nobodyLeavesWithoutAWord(found, day, moment, standing);
            aSwipeMovesNothing(found, meaning, day, moment, standing);
            whatIsNotHeldHoldsNobody(found, day, moment, standing);
            theOrderOfArrivalPlaysNoPart(found, meaning, day, moment, standing, random);
        }
        claimedTwiceIsRed(found, meaning, day);
        noLineTakesAlongWhoIsOutOfTheRoom(found, meaning, day);
        return found;
    }

    /** Law 2: after the grace every child that stays is held by one person, excused, gone with a word, or red. */
    private static void someoneAnswersOrItRings(List<String> found, ChildDay day, Instant moment, Standing standing) {
        if (!day.plan().stays() || moment.isBefore(day.plan().bell().plus(day.limits().grace()))) return;
        Whereabouts where = standing.where();
        boolean held = where instanceof Held && !(where instanceof InClass) && standing.custodian() != null;
        boolean waited = where instanceof Expected expected && moment.isBefore(expected.since().plus(day.limits().grace()));
        if (!held && !where.closed() && !waited && !standing.red()) found.add("nobody answers and nothing rings: " + where + " at " + moment);
        if ((where instanceof Missing || where instanceof Disputed) && !standing.red()) found.add("a clock that does not ring: " + where);
        if (where instanceof Held && standing.custodian() == null) found.add("held by nobody: " + where);
    }

    /** Nothing checks a child out by itself. */
    private static void nobodyLeavesWithoutAWord(List<String> found, ChildDay day, Instant moment, Standing standing) {
        if (!(standing.where() instanceof Ended)) return;
        boolean word = day.entries().stream()
                .anyMatch(entry -> !entry.at().isAfter(moment)
                        && (entry.fact() instanceof Fact.Release || entry.fact() instanceof Fact.Accounted accounted && accounted.custodian() == null));
        if (!word) found.add("gone without anybody's word at " + moment);
    }

    private static void aSwipeMovesNothing(List<String> found, Meaning meaning, ChildDay day, Instant moment, Standing standing) {
        List<Entry> without = day.entries().stream()
                .filter(entry -> !(entry.fact() instanceof Fact.Swiped))
                .toList();
        if (without.size() == day.entries().size()) return;
        Whereabouts where = meaning.at(moment, day.plan(), day.limits(), without).where();
        if (!where.equals(standing.where())) found.add("a swipe moved the baton from " + where + " to " + standing.where());
    }

    /** Law 6: any order of arrival, the same state. */
    private static void theOrderOfArrivalPlaysNoPart(
            List<String> found, Meaning meaning, ChildDay day, Instant moment, Standing standing, Random random) {
        List<Entry> shuffled = new ArrayList<>(day.entries());
        Collections.shuffle(shuffled, random);
        Standing other = meaning.at(moment, day.plan(), day.limits(), shuffled);
        if (!other.equals(standing)) found.add("another order of arrival says " + other + " instead of " + standing);
    }

    /** A child that was called out and not seen again is red once a line has taken it. */
    private static void noLineTakesAlongWhoIsOutOfTheRoom(List<String> found, Meaning meaning, ChildDay day) {
        if (day.entries().stream().anyMatch(entry -> entry.fact() instanceof Fact.Undone)) return;
        List<Entry> facts = day.entries().stream().sorted(Entry.ORDER).toList();
        for (int i = 1; i < facts.size(); i++) {
            Entry line = facts.get(i);
            if (!(line.fact() instanceof Fact.WithLine) || facts.stream().filter(entry -> entry.at().equals(line.at())).count() > 1) continue;
            boolean out = meaning.at(line.at().minusMillis(1), day.plan(), day.limits(), day.entries()).where() instanceof Whereabouts.CalledOut;
            if (out && !meaning.at(line.at(), day.plan(), day.limits(), day.entries()).red()) found.add("a line took along who was out of the room at " + line.at());
        }
    }

    /** A session that was dropped while it ran keeps no child from that moment on. */
    private static void whatIsNotHeldHoldsNobody(List<String> found, ChildDay day, Instant moment, Standing standing) {
        if (standing.where() instanceof Present present && !moment.isBefore(heldUntil(day.plan(), present.session(), Instant.MAX)))
            found.add("held by a session that is dropped: " + present + " at " + moment);
    }

    /** When a session stops holding children: at its end, or when it was dropped. */
    private static Instant heldUntil(DayPlan plan, UUID session, Instant end) {
        List<DayPlan.Turn> turns = plan.turns().stream().filter(turn -> turn.session().equals(session)).toList();
        return turns.isEmpty() || turns.getLast().to() != null || turns.getLast().at().isAfter(end) ? end : turns.getLast().at();
    }

    /** Whether the second of two counts is by somebody who took the first one's place in the same session. */
    private static boolean tookOver(DayPlan plan, Fact.Counted first, Fact.Counted second, Instant at) {
        if (!first.session().equals(second.session())) return false;
        List<DayPlan.Turn> turns = plan.turns().stream().filter(turn -> turn.session().equals(second.session())).toList();
        Set<UUID> named = new HashSet<>();
        for (DayPlan.Stop stop : plan.stops()) if (stop.session().equals(second.session())) named.add(stop.custodian());
        if (!turns.isEmpty() && turns.getLast().to() != null) named.add(turns.getLast().to());
        for (DayPlan.Turn turn : turns) if (at.isBefore(turn.at())) named.add(turn.from());
        return named.contains(second.custodian());
    }

    /** Two people who count one child while neither let it go: a dispute, red, from the second count on; none where the second has taken the first one's place. */
    private static void claimedTwiceIsRed(List<String> found, Meaning meaning, ChildDay day) {
        // What was taken back, and when, has its own tests; here it would need the reading's own rules.
        if (day.entries().stream().anyMatch(entry -> entry.fact() instanceof Fact.Undone)) return;
        List<Entry> facts = day.entries().stream()
                .filter(entry -> !(entry.fact() instanceof Fact.Swiped))
                .sorted(Entry.ORDER)
                .toList();
        for (int i = 1; i < facts.size(); i++) {
            if (!(facts.get(i - 1).fact() instanceof Fact.Counted first) || !(facts.get(i).fact() instanceof Fact.Counted second)) continue;
            if (first.custodian().equals(second.custodian())) continue;
            Instant at = facts.get(i).at();
            // Entries of the very same moment are read together.
            if (i + 1 < facts.size() && facts.get(i + 1).at().equals(at)) continue;
            Standing standing = meaning.at(at, day.plan(), day.limits(), day.entries());
            boolean overlap = at.isBefore(heldUntil(day.plan(), first.session(), first.until()).minus(day.limits().early()));
            boolean dispute = standing.where() instanceof Disputed && standing.red();
            if (overlap && !tookOver(day.plan(), first, second, at)) {
                if (!dispute) found.add("claimed by two at " + at + " and no dispute: " + standing);
            } else if (standing.where() instanceof Disputed && holds(meaning, day, facts.get(i - 1), first)) found.add("a dispute where one took over from the other: " + standing);
        }
    }

    /** Whether the first count was undisputed, so that only the second could have made a dispute. */
    private static boolean holds(Meaning meaning, ChildDay day, Entry entry, Fact.Counted first) {
        Whereabouts where = meaning.at(entry.at(), day.plan(), day.limits(), day.entries()).where();
        return where instanceof Held held && held.custodian().equals(first.custodian());
    }
}
