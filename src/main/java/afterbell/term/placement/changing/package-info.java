/** A family, or the office for it, changes what a child has: joins, swaps, stops, waits, answers an offer. */
@NullMarked
package afterbell.term.placement.changing;

import org.jspecify.annotations.NullMarked;
