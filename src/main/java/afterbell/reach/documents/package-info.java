/**
 * Letters to families, receipts, applications and agreements of a term: templates with fields, publication, signatures on screen and on paper, archive.
 *
 * <p>Words: letter, kind, edition, field, answer, signature, standing (a guardian's, or a carer's proposal), paper receipt, link. Invariants: what was
 * published is never changed, a change is a new edition; a signature keeps the very text that was read, its hash, time, way and proof, and tampering
 * with any of them is found; only a guardian's answer counts, the latest one; an answer on paper counts as much; a "no" takes no more effort than a
 * "yes", its reason is optional, and a class teacher learns neither. Events in and out: none.
 */
@NullMarked
@ApplicationModule(id = "documents", allowedDependencies = {"shared", "shared::*", "schools", "audit", "identity", "rules", "calendar", "roster", "messaging"})
package afterbell.reach.documents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
