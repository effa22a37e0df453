/**
 * Who can teach what and when; outside providers and the checks they must have passed.
 *
 * <p>Words: talent (what a person can lead), availability, provider (an outside institution or a volunteer), vetting (one check with its document and
 * dates). Invariants: a provider is fit on a day only while every check of its kind is valid (C12, R72); notes on people and documents are seen by
 * staff alone. Events in and out: none.
 */
@NullMarked
@ApplicationModule(id = "staffing", allowedDependencies = {"shared", "shared::*", "schools", "audit", "rules", "calendar", "roster"})
package afterbell.term.staffing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
