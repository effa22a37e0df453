/** Offers run out and pass on by themselves; families are told, and class teachers see who has not answered. */
@NullMarked
package afterbell.term.placement.waiting;

import org.jspecify.annotations.NullMarked;
