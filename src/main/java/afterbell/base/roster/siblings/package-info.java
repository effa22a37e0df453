/** A family says which of its children are brothers and sisters. */
@NullMarked
package afterbell.base.roster.siblings;

import org.jspecify.annotations.NullMarked;
