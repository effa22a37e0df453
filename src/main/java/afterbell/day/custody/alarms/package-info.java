/** Who hears of a clock that rings. */
@NullMarked
package afterbell.day.custody.alarms;

import org.jspecify.annotations.NullMarked;
