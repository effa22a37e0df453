/**
 * Who is in which class, who belongs to whom, who works here.
 *
 * <p>Words: class, pupil, adult, relation, guardian, carer, collector, staff, standing. Invariants: names and numbers stand here and nowhere else
 * (law 8); matching never needs a number; a standing counts once a second person confirmed it. Events in: none. Events out:
 * {@link afterbell.base.roster.RosterEvent}.
 */
@NullMarked
@ApplicationModule(id = "roster", allowedDependencies = {"shared", "shared::*", "schools", "audit", "identity", "rules", "calendar"})
package afterbell.base.roster;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
