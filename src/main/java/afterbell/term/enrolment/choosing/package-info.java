/** A family opens the sheet of a child, says which days and until when, ranks its wishes, and is done. */
@NullMarked
package afterbell.term.enrolment.choosing;

import org.jspecify.annotations.NullMarked;
