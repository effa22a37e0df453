/** Computes days, bells and endings. Pure: no Spring, no database, no clock. */
@NullMarked
package afterbell.base.calendar.engine;

import org.jspecify.annotations.NullMarked;
