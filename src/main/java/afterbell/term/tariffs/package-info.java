/**
 * What may be charged and by whose authority: price documents as they are shown to families, and the pure engine that says what a thing would cost and
 * why ({@code quote}). Nothing here collects money.
 *
 * <p>Words: price document, authority, line, unit, fen, tariff, clause, facts, quote. Invariants: a school without a document in force charges nothing and shows no word about money
 * (C7); of the documents in force on a day all lines hold. Events in and out: none.
 */
@NullMarked
@ApplicationModule(id = "tariffs", allowedDependencies = {"shared", "shared::*", "schools", "audit", "rules", "calendar", "roster", "documents"})
package afterbell.term.tariffs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
