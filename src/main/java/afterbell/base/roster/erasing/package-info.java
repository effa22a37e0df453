/** A family's copy of what is known of its child, asking for its erasure, and the office that carries it out. */
@NullMarked
package afterbell.base.roster.erasing;

import org.jspecify.annotations.NullMarked;
