/** What the service's money is spent on: by allowed use, with pictures of the vouchers, entered by one person and approved by another. */
@NullMarked
package afterbell.money.billing.spending;

import org.jspecify.annotations.NullMarked;
