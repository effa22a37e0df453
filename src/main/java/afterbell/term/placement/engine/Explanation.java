package afterbell.term.placement.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of explanations.csv: why the pupil did not get a section it preferred to what it has.
 *
 * @param facts the numbers of the sentence by name; no names of children, no classes, no counts under three
 */
public record Explanation(String pupil, String course, Reason reason, Map<String, Object> facts) {
    public Explanation {
        Map<String, Object> copy = new LinkedHashMap<>();
        facts.forEach((name, value) -> copy.put(name, plain(value)));
        facts = copy;
    }

    /** Whole numbers as long, so that facts read back from a file equal those computed. */
    private static Object plain(Object value) {
        return switch (value) {
            case Integer number -> number.longValue();
            case List<?> list -> list.stream().map(Explanation::plain).toList();
            default -> value;
        };
    }
}
