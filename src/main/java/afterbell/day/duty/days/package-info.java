/** One day of the school: who answers for each post, who could stand in, and what can't be held. */
@NullMarked
package afterbell.day.duty.days;

import org.jspecify.annotations.NullMarked;
