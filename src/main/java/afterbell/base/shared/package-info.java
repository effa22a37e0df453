/**
 * What every room needs and none owns: ids, money, refusals, the scope of a transaction, the screen of a request, the clock.
 *
 * <p>Words: scope, hat, refusal, outcome, fen, command key. Invariants: a transaction without a scope reads nothing (law 4); time comes only from
 * the {@link java.time.Clock} bean; a command key is consumed only by success (law 6).
 */
@NullMarked
@ApplicationModule(id = "shared", allowedDependencies = {})
package afterbell.base.shared;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
