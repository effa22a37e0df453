/** Notes to whoever has a child in hand: the family's own, and what the class teacher adds. */
@NullMarked
package afterbell.base.roster.noting;

import org.jspecify.annotations.NullMarked;
