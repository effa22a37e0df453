/**
 * Dated regional rule packs: every number, switch and ceiling that a bureau can change, with its clause (law 10).
 *
 * <p>Words: <b>pack</b> a dated document of rules for a region; <b>rule</b> a typed key ({@link afterbell.base.rules.Rule}); <b>situation</b> region,
 * date and kind of school or service that a question is about; <b>floor</b> a rule that a smaller region or a school may tighten, never loosen;
 * <b>verdict</b> allowed, needs a reason, or refused with clause and way out.
 *
 * <p>Invariants: each rule has a value in the product's own pack, so a question is never without an answer; the smaller region wins, then the later
 * pack, then the more particular entry; two entries never tie; a pack with one fault is refused whole.
 */
@NullMarked
@ApplicationModule(
        id = "rules",
        allowedDependencies = {"shared", "shared :: *", "schools", "schools :: *", "audit", "audit :: *", "identity", "identity :: *"})
package afterbell.base.rules;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
