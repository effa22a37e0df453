package afterbell.term.enrolment;

/**
 * One child in one round, as a list shows it.
 *
 * @param forFamily whether the answer was typed by the school
 * @param objected whether the family took that back
 * @param returned whether the review waits for the family
 */
public record ChildRound(FamilySheet.Child child, Round round, boolean answered, boolean forFamily, boolean objected, boolean returned) {}
