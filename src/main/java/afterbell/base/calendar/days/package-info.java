/** Closures, the school's own days and openings for holiday care. */
@NullMarked
package afterbell.base.calendar.days;

import org.jspecify.annotations.NullMarked;
