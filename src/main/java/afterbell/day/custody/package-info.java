/**
 * Who answers for a child now: one append-only chain of custody events per pupil and day, decided by one aggregate.
 *
 * <p>Words: child-day, entry, custodian, hand-over, count, between rooms, untraced, release, disputed, settled, standing (what the chain means now). Invariants:
 * law 2 (from the hand-over to its last entry a present child has exactly one custodian, or a red clock runs), law 6 (a repeated entry changes nothing, a
 * reordered one ends in the same state or in a dispute). What physically happened is always recorded; a swipe is evidence and never moves the baton;
 * nothing checks a child out by itself. Events in: a dropped session, a post that is open or has somebody else, a child in another class, upon which the day's plan is looked up again. Events out: {@link afterbell.day.custody.CustodyEvent}.
 *
 * <p>The rules are pure and stand in {@code childday}; {@link afterbell.day.custody.ChildDays} is the one way to say something of a child.
 */
@NullMarked
@ApplicationModule(
        id = "custody",
        allowedDependencies = {
            "shared", "shared::*", "schools", "audit", "identity", "rules", "calendar", "roster", "messaging", "staffing", "programme", "enrolment", "placement", "timetable", "duty"
        })
package afterbell.day.custody;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
