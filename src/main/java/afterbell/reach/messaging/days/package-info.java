/** R26, R144: families hear of each change of the school's days. Informs, decides nothing (law 7). */
@NullMarked
package afterbell.reach.messaging.days;

import org.jspecify.annotations.NullMarked;
