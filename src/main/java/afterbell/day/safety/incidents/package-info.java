/** Incidents and drills: one button opens a plan, freezes what the room knows, counts the school room by room and tells guardians with proof (R94-R99, R102). */
@NullMarked
package afterbell.day.safety.incidents;

import org.jspecify.annotations.NullMarked;
