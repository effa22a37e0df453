/** Who did how much in a month. */
@NullMarked
package afterbell.day.duty.workload;

import org.jspecify.annotations.NullMarked;
