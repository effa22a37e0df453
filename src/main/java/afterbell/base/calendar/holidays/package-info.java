/** A bureau edits the public holidays of a year for its region. */
@NullMarked
package afterbell.base.calendar.holidays;

import org.jspecify.annotations.NullMarked;
