/** The week as a grid, drawn up by turns and published. */
@NullMarked
package afterbell.day.duty.roster;

import org.jspecify.annotations.NullMarked;
