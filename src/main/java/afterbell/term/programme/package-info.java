/**
 * The service plan of a term and its menu: what stands in each slot for each grade, who stands with each class, and the sections that families choose
 * from.
 *
 * <p>Words: <b>cell</b> one content of a slot for some grades of its band; <b>form</b> own class, whole class together, choice or fixed members;
 * <b>offering</b> what is on the menu; <b>section</b> a group of it with teacher, room and slots; <b>duty</b> who stands with a class in a slot;
 * <b>merged</b> a class that joins another one in a slot; <b>fixed member</b> a pupil named for a team.
 *
 * <p>Invariants: a section's slots lie on one stretch of a weekday per meeting, one slot per band; a team's members never exceed its capacity; nothing is
 * published with a clash of teacher, room or member, with an outside provider who is not fit, or above a cap without a reason; drafts are seen by the
 * school alone. Events in: none; events out: {@link afterbell.term.programme.ProgrammeEvent}.
 */
@NullMarked
@ApplicationModule(id = "programme", allowedDependencies = {"shared", "shared::*", "schools", "audit", "rules", "calendar", "roster", "documents", "staffing", "tariffs"})
package afterbell.term.programme;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
