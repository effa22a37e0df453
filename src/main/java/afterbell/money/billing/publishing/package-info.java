/**
 * What everybody may see of the school's money (R120): income and expense of a term, pay and attendance of a month, prices with refunds and complaint phone.
 * Drawn from the ledger, frozen with a hash, put right only by a new version; no names, and no figure over fewer people than the rules ask.
 */
@NullMarked
package afterbell.money.billing.publishing;

import org.jspecify.annotations.NullMarked;
