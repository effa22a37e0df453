/** From locked facts to what is booked and shown: pure, no Spring, no database, no clock. */
@NullMarked
package afterbell.money.billing.reckoning;

import org.jspecify.annotations.NullMarked;
