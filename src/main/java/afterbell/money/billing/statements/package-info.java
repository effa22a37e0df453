/** A child's account: the total first, then why, line by line, then what stopping would change; for its family and for finance. */
@NullMarked
package afterbell.money.billing.statements;

import org.jspecify.annotations.NullMarked;
