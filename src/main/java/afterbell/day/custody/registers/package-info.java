/** Registers of the afternoon: rolls, hand-overs, attendance, leave, late children, rendered from the chains of custody. */
@NullMarked
package afterbell.day.custody.registers;

import org.jspecify.annotations.NullMarked;
