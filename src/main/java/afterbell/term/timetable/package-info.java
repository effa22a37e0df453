/**
 * Sessions with room and teacher, every week view, the master sheet, calendar feeds.
 *
 * <p>Words: session, place, week, master sheet, feed. Invariants: a week is read from the plan and the seats, never kept twice; no list of names
 * without sign-in; a class's own paper shows name and where to, nothing else. Events in: a published draw. Events out: none.
 */
@NullMarked
@ApplicationModule(
        id = "timetable",
        allowedDependencies = {
            "shared", "shared::*", "schools", "audit", "identity", "rules", "calendar", "roster", "programme", "enrolment", "placement"
        })
package afterbell.term.timetable;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
