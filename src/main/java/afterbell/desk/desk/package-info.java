/**
 * Screens over several rooms: the first page of each person, boards, search, the set-up wizard.
 *
 * <p>Words: task, first page, board (the state of a school now), red (a clock of law 2 that runs), relay (tells all nodes that boards look again), stream (a board
 * that is open on somebody's screen). Invariants: a task is computed under its own hat; hats are never added up; a board decides nothing, it shows what the
 * chains say. Events in: what moves children and posts, upon which boards look again. Events out: none.
 */
@NullMarked
@ApplicationModule(id = "desk", allowedDependencies = {"shared", "shared::*", "schools", "audit", "identity", "rules", "roster", "timetable", "programme", "duty", "custody", "custody::childday", "dismissal"})
package afterbell.desk.desk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
