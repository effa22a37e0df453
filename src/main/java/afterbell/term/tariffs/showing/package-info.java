/** What everybody may read about prices (R120): by whose authority, what, how money comes back, where to complain. */
@NullMarked
package afterbell.term.tariffs.showing;

import org.jspecify.annotations.NullMarked;
