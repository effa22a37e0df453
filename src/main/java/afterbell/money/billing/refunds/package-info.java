/** Money back: who has credit, by which way it goes, a second pair of eyes, lists for bank and platform, and how far a batch has come (issue 4 part 6). */
@NullMarked
package afterbell.money.billing.refunds;

import org.jspecify.annotations.NullMarked;
