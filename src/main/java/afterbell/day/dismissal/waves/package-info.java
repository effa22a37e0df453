/** All lines of the day by the time at which they leave, and how far each is: for gates and leaders, and for each family its own child's line. */
@NullMarked
package afterbell.day.dismissal.waves;

import org.jspecify.annotations.NullMarked;
