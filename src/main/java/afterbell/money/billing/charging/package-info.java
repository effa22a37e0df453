/** What a period cost whom: finance's list, to search, filter and take away as a spreadsheet of exactly what is seen. */
@NullMarked
package afterbell.money.billing.charging;

import org.jspecify.annotations.NullMarked;
