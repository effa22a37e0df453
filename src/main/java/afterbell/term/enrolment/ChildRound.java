package afterbell.term.enrolment;

import java.time.Instant;

/**
 * One child in one round, as a list shows it.
 *
 * @param forFamily whether the answer was typed by the school
 * @param objected whether the family took that back
 * @param returned whether the review waits for the family
 * @param until the last instant for it: the close, or the end of the step that gave the sheet back
 */
public record ChildRound(FamilySheet.Child child, Round round, boolean answered, boolean forFamily, boolean objected, boolean returned, Instant until) {}
