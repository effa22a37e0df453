/**
 * The independent checker of draws: small, without a solver, sharing with the engine only the records and the files.
 *
 * <p>It recomputes from the input and the published rows alone whether a result is legal, every level's value, every
 * closing's number, who envies whom, and every explanation; the explanations that families read are the ones computed
 * here, so each is true by construction. {@link afterbell.term.placement.engine.check.Checker} finds lies in a folder of
 * result files, {@link afterbell.term.placement.engine.check.Explanations} writes the reasons.
 */
@NullMarked
package afterbell.term.placement.engine.check;

import org.jspecify.annotations.NullMarked;
