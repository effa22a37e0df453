/** Writes the bells of a term: bands, slots, waves. */
@NullMarked
package afterbell.base.calendar.bells;

import org.jspecify.annotations.NullMarked;
