package afterbell.term.programme;

import java.util.Locale;
import java.util.UUID;

/**
 * One of the contents of a slot (R22); a slot may hold several, in order.
 *
 * @param gradeLo first grade of the band that it is for; with {@code gradeHi} the whole band in most schools
 * @param weekday 1 Monday to 7 Sunday, as the slot's
 * @param ordinal place inside the slot, from 1
 * @param content what is printed, for example homework, questions and answers, clubs
 */
public record Cell(UUID id, UUID term, String band, int gradeLo, int gradeHi, int weekday, UUID slot, int ordinal, Form form, String content, Layer layer) {

    /** How children come to it. Only a choice asks for wishes. */
    public enum Form {
        OWN_CLASS,
        WHOLE_CLASS,
        CHOICE,
        FIXED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Form of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** Basic service or extension (R35). */
    public enum Layer {
        BASIC,
        EXTENSION;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Layer of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
