/**
 * What a family asked: rounds, sheets, wishes, the review chain.
 *
 * <p>Words: <b>round</b> a time in which families answer; <b>sheet</b> one child's answer: takes part or not, which days and until when, wishes;
 * <b>wish</b> a ranked section of one slot; <b>sealed</b> not readable by staff; <b>entered for the family</b> typed by the school from paper or
 * telephone; <b>objection</b> a family's "that is not what we said".
 *
 * <p>Invariants: a sheet is sealed until its round closes, in PostgreSQL itself; yes and no cost the same effort; the last saved sheet counts, and a
 * save that began before the close counts; an answer a family gave itself is never overwritten for it; no step of the review can refuse a child (C2).
 *
 * <p>Events out: {@link afterbell.term.enrolment.EnrolmentEvent}. Events in: none.
 */
@NullMarked
@ApplicationModule(
        id = "enrolment",
        allowedDependencies = {"shared", "shared::*", "schools", "audit", "identity", "rules", "calendar", "roster", "messaging", "programme"})
package afterbell.term.enrolment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
