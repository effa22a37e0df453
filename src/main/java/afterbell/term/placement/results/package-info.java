/** A family reads what its child got, why not what it liked better, and what it can do now. */
@NullMarked
package afterbell.term.placement.results;

import org.jspecify.annotations.NullMarked;
