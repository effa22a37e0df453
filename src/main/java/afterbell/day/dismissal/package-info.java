/**
 * The end of the day: lines to their marks, children handed over one by one at the gate, those who wait late, and the school that is clear.
 *
 * <p>Words: line (children who leave together with their teacher), mark, taker (who may take a child), delegate (sent for one day, with a code), kept away,
 * stranger (asks for a child without being on its list), clearing. Invariants: law 2: nothing leaves but by a person's tap, a line releases only children
 * whose guardian's consent covers the day, each named, and the school is clear only when every child of the day is accounted for and every area was walked
 * after the last child had left its room (R87; walks are {@code safety}'s).
 * Where a child is and who took it stands in its chain alone ({@link afterbell.day.custody.ChildDays}). Events in: none; out: {@link DismissalEvent}.
 */
@NullMarked
@ApplicationModule(
        id = "dismissal",
        allowedDependencies = {"shared", "shared::*", "schools", "audit", "identity", "rules", "calendar", "roster", "messaging", "timetable", "programme", "duty", "custody", "custody::childday", "safety"})
package afterbell.day.dismissal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
