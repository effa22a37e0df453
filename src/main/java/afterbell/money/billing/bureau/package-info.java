/** Money over many schools: sums by month, outliers first, from a number to its school. The bureau reads roll-ups alone. */
@NullMarked
package afterbell.money.billing.bureau;

import org.jspecify.annotations.NullMarked;
