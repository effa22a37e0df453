/** What families owe and how they pay it: their own page, the counter with its receipts, the desk's list, and money that fits no order (R117). */
@NullMarked
package afterbell.money.billing.orders;

import org.jspecify.annotations.NullMarked;
