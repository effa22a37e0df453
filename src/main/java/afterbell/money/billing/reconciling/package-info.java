/**
 * Lays the files of channels and bank beside orders and ledger, day by day.
 *
 * <p>Words: <b>statement</b> such a file; <b>layout</b> how one is written, a file of its own; <b>difference</b> where the three don't agree, open until somebody
 * gives its <b>cause</b>. Invariants: the same bytes are read once; a file whose total is wrong changes nothing; a cause posts once, whatever is tapped twice.
 */
@NullMarked
package afterbell.money.billing.reconciling;

import org.jspecify.annotations.NullMarked;
