/** The turn of the school year: every class goes up by one, the highest grade leaves; shown before it is done, done once. */
@NullMarked
package afterbell.base.roster.years;

import org.jspecify.annotations.NullMarked;
