package afterbell.day.custody.childday;

import afterbell.day.custody.childday.Whereabouts.Disputed;
import afterbell.day.custody.childday.Whereabouts.Ended;
import afterbell.day.custody.childday.Whereabouts.Expected;
import afterbell.day.custody.childday.Whereabouts.Held;
import afterbell.day.custody.childday.Whereabouts.InClass;
import afterbell.day.custody.childday.Whereabouts.Missing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The laws of the child-day, written a second time and from the entries alone, so that a bug in {@link Reading} cannot hide in its own words. */
final class Laws {

    /** How a chain is understood; the tests plant bugs here. */
    interface Meaning {
        Standing at(Instant moment, DayPlan plan, Limits limits, Collection<Entry> entries);
    }

    private Laws() {}

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

    /** Two people who count one child while neither let it go: a dispute, red, from the second count on. */
    private static void claimedTwiceIsRed(List<String> found, Meaning meaning, ChildDay day) {
        // What was taken back, and when, has its own tests; here it would need the reading's own rules.
        if (day.entries().stream().anyMatch(entry -> entry.fact() instanceof Fact.Undone)) return;
        List<Entry> facts = day.entries().stream()
                .filter(entry -> !(entry.fact() instanceof Fact.Swiped))
                .sorted(Entry.ORDER)
                .toList();
        for (int i = 1; i < facts.size(); i++) {
            if (!(facts.get(i - 1).fact() instanceof Fact.Counted first) || !(facts.get(i).fact() instanceof Fact.Counted second)) continue;
            Instant at = facts.get(i).at();
            boolean overlap = at.isBefore(first.until().minus(day.limits().early()));
            if (!overlap || first.custodian().equals(second.custodian())) continue;
            // Entries of the very same moment are read together.
            if (i + 1 < facts.size() && facts.get(i + 1).at().equals(at)) continue;
            Standing standing = meaning.at(at, day.plan(), day.limits(), day.entries());
            boolean dispute = standing.where() instanceof Disputed && standing.red();
            if (!dispute) found.add("claimed by two at " + at + " and no dispute: " + standing);
        }
    }
}
