/** A shared tablet at a gate: the office makes it known, each guard takes it over with the own name and six digits (R91). */
@NullMarked
package afterbell.base.identity.tablet;

import org.jspecify.annotations.NullMarked;
