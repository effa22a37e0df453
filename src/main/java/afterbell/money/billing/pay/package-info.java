/**
 * Staff pay: what each person held, what the school's own distribution document makes of it, and the month that finance agrees and the principal approves.
 *
 * <p>Words: <b>scheme</b> the dated distribution document; <b>work</b> a kind of duty that is paid; <b>held</b> one session or turn that somebody really stood;
 * <b>slip</b> a person's month; <b>hours</b> time kept instead of money. Invariants: a dropped session pays nobody; whoever held it is paid, not whoever was
 * planned; an agreed month is frozen, and what changes afterwards is a line of a later month.
 */
@NullMarked
package afterbell.money.billing.pay;

import org.jspecify.annotations.NullMarked;
