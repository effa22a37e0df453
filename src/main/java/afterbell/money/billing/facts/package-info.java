/** A period before it is locked: what the rolls say, what they leave in doubt, and the one tap that locks and charges it. */
@NullMarked
package afterbell.money.billing.facts;

import org.jspecify.annotations.NullMarked;
