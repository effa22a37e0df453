/** A school puts a tariff file to use: shipped or its own, with what it costs, what forbids it, and since when it may be collected. */
@NullMarked
package afterbell.money.billing.choosing;

import org.jspecify.annotations.NullMarked;
