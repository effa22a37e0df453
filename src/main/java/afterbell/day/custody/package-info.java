/**
 * Who answers for a child now: one append-only chain of custody events per pupil and day, decided by one aggregate.
 *
 * <p>Words: child-day, entry, custodian, hand-over, count, between rooms, untraced, release, disputed, settled. Invariants: law 2 (from the hand-over to
 * its last entry a present child has exactly one custodian, or a red clock runs), law 6 (a repeated entry changes nothing, a reordered one ends in the same
 * state or in a dispute). What physically happened is always recorded; a swipe is evidence and never moves the baton; nothing checks a child out by itself.
 */
@NullMarked
@ApplicationModule(id = "custody", allowedDependencies = {})
package afterbell.day.custody;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
