package afterbell.reach.documents;

import afterbell.base.calendar.TermCalendar;
import afterbell.base.schools.School;
import java.util.List;

/**
 * Fields that a room gives to letters: a later room implements it, and the office may write {@code {{name}}} in its text. Runs under the school's scope
 * when a letter is previewed and when it is published; what stands in a published letter is frozen.
 */
public interface LetterFields {

    /**
     * A field and what it says for one term.
     *
     * @param name lower case with dots, for example {@code fees.lines}; a name is given by one room only
     * @param labelKey message key of what it is, for the list beside the editor
     * @param value in Chinese; may be several lines of the letter's own markup; empty where there is nothing to say yet
     */
    record Field(String name, String labelKey, String value) {}

    List<Field> fields(School school, TermCalendar term);
}
