/** Walks of the grounds by area and room: in order with one tap, or a problem with photo, of which a colleague is told at once (R88). */
@NullMarked
package afterbell.day.safety.patrolling;

import org.jspecify.annotations.NullMarked;
