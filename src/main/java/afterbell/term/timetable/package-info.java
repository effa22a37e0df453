/**
 * Sessions with room and teacher, every week view, the master sheet, calendar feeds.
 *
 * <p>Words: <b>session</b> one dated meeting; <b>place</b> where a child is in a period of any week; <b>objection days</b> the days in which a published
 * result may be objected to; <b>correction</b> a seat given or taken back after it; master sheet, feed. Invariants: filling sessions again is harmless and
 * undoes nothing that a person did; own-class care is dropped by the calendar alone; no list of names without sign-in; a class's own paper shows name
 * and where to, nothing else. Events in: a published draw, changes of the calendar. Events out: none.
 */
@NullMarked
@ApplicationModule(
        id = "timetable",
        allowedDependencies = {
            "shared", "shared::*", "schools", "audit", "identity", "rules", "calendar", "roster", "messaging", "programme", "enrolment", "placement"
        })
package afterbell.term.timetable;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
