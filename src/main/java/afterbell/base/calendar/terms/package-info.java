/** Opens a term and changes its dates. */
@NullMarked
package afterbell.base.calendar.terms;

import org.jspecify.annotations.NullMarked;
