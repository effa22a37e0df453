/** The draw from the closed round to publication: freeze and commit, reveal, run, look, confirm, publish. */
@NullMarked
package afterbell.term.placement.draws;

import org.jspecify.annotations.NullMarked;
