/**
 * Who answers today.
 *
 * <p>Words: <b>post</b> what somebody answers for on a day: leader, administrator, class at the bell, session, late room, gate, patrol area; <b>open</b>
 * a post that nobody answers for, the duty leader's until somebody is found; <b>turn</b> the people who take a kind of post by rotation; call, swap,
 * drop, special day. Invariants: a post has one accountable person of the school's own or is shown as open, never an outside instructor (R8); what the
 * rotation drafts answers for nothing before it is published; a dropped session's children are their own class's. Events in: none. Events out:
 * {@link afterbell.day.duty.DutyEvent}.
 */
@NullMarked
@ApplicationModule(
        id = "duty",
        allowedDependencies = {
            "shared", "shared::*", "schools", "audit", "identity", "rules", "calendar", "roster", "messaging", "staffing", "programme", "placement", "timetable"
        })
package afterbell.day.duty;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
