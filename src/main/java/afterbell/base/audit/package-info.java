/**
 * Who did what, why, and who looked: append-only, ids only, sealed into a hash chain per school.
 *
 * <p>Words: entry, seal, chain, reader. Invariants: an entry is inserted in the transaction of its act; nothing is changed or removed; no names, no
 * free text (law 8). Events in and out: none.
 */
@NullMarked
@ApplicationModule(id = "audit", allowedDependencies = {"shared", "shared::*", "schools"})
package afterbell.base.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
