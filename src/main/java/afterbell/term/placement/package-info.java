/**
 * What a family got: draws, seats, waiting lists, joining, swapping and leaving a section, explanations.
 *
 * <p>Words: draw, run, order, lottery, certificate, seat, closing, waiting list, offer, override. Invariants: never more pupils in a section than its
 * capacity, nor two at one time for one pupil (law 1); nothing is published before a person confirms; a published draw verifies with any later release
 * (law 5); in term nobody is moved. Events in: a closed round of {@code enrolment}. Events out: {@link afterbell.term.placement.PlacementEvent}.
 */
@NullMarked
@ApplicationModule(
        id = "placement",
        allowedDependencies = {
            "shared", "shared::*", "schools", "audit", "identity", "rules", "calendar", "roster", "messaging", "programme", "enrolment"
        })
package afterbell.term.placement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
