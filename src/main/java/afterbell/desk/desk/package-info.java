/**
 * Screens over several rooms: the first page of each person, boards, search, the set-up wizard.
 *
 * <p>Words: task, first page, board. Invariants: a task is computed under its own hat; hats are never added up.
 */
@NullMarked
@ApplicationModule(id = "desk", allowedDependencies = {"shared", "shared::*", "schools", "audit", "identity"})
package afterbell.desk.desk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
