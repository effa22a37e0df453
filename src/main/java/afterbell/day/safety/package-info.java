/**
 * Visitors, leave passes, patrols, care log, hazards, incidents and drills, and the evidence of them.
 *
 * <p>Words: <b>book</b> one kind of record; <b>subject</b> one visit, walk, hazard or incident; <b>entry</b> what happened about it, once, for ever;
 * <b>words</b> what people wrote, sealed; <b>guidance</b> plans and checklists as data; <b>bundle</b> the evidence of one incident. Invariants: entries are
 * never changed, a correction is a new one; each subject is a chain of hashes; entries hold ids and codes, names and free text are sealed words; nobody is
 * inside without somebody's yes. Events in and out: none; a walked area is a question ({@link afterbell.day.safety.Patrols}).
 */
@NullMarked
@ApplicationModule(
        id = "safety",
        allowedDependencies = {"shared", "shared::*", "schools", "audit", "identity", "rules", "calendar", "roster", "messaging", "timetable", "duty", "custody"})
package afterbell.day.safety;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
