/** One by one: the list of children who wait, and the page that hands one over. */
@NullMarked
package afterbell.day.dismissal.gate;

import org.jspecify.annotations.NullMarked;
