package afterbell.term.programme.grid;

import afterbell.base.calendar.Term;
import afterbell.base.shared.Refusal;
import java.util.List;

/**
 * What making own class for all would do.
 *
 * @param empty periods of a grade that hold nothing yet
 * @param duties class and slot pairs that have no duty yet
 */
public record OwnClassPage(Term term, int classes, int empty, int duties, String content, boolean classTeachers, List<Refusal> refusals) {}
