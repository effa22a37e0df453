/** A day that is not like others: each family says until when the child stays. */
@NullMarked
package afterbell.day.duty.special;

import org.jspecify.annotations.NullMarked;
