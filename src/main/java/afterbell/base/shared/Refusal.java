package afterbell.base.shared;

import java.util.List;

/**
 * An expected no: returned, never thrown. A room declares its own refusals as records of a sealed interface that extends this one.
 *
 * <p>The words stand in the message files: {@code <messageKey>} says what was refused, {@code <messageKey>.next} what the person can do now.
 */
public interface Refusal {

    /** Key of the sentence that says no, for example {@code enrolment.refused.round_closed}. */
    String messageKey();

    /** What the sentence is filled with, in the order of its places {0}, {1}, …; never personal data of somebody else. */
    default List<Object> facts() {
        return List.of();
    }

    /** Name of the form field that the refusal is about, or empty where it concerns the whole form. */
    default String field() {
        return "";
    }

    /** A refusal that needs no facts and belongs to one field or none. */
    record Simple(String messageKey, String field, List<Object> facts) implements Refusal {
        public Simple(String messageKey) {
            this(messageKey, "", List.of());
        }
    }
}
