/** What the person answers for, and what colleagues ask: can't come, standing in, changing posts. */
@NullMarked
package afterbell.day.duty.mine;

import org.jspecify.annotations.NullMarked;
