/** Lists of payment orders out to a fee platform or collecting bank, its results in; layouts are files under {@code billing/layouts} (issue 4 part 5). */
@NullMarked
package afterbell.money.billing.platform;

import org.jspecify.annotations.NullMarked;
