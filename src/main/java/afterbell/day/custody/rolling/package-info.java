/** The roll of one session: all present by default, exceptions by a tap, then whoever leaves the room, comes unexpected or is missing. */
@NullMarked
package afterbell.day.custody.rolling;

import org.jspecify.annotations.NullMarked;
