/** Placement engine. */
@NullMarked
package afterbell.term.placement.engine;

import org.jspecify.annotations.NullMarked;
