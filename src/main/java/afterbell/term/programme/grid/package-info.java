/** The plan of a term as it is printed: grades, weekdays, slots, and what stands in each. */
@NullMarked
package afterbell.term.programme.grid;

import org.jspecify.annotations.NullMarked;
