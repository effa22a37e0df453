package afterbell.term.placement.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row of explanations.csv: why the pupil did not get a section it preferred to what it has.
 *
 * @param facts the numbers of the sentence by name; no names of children, no classes, no counts under three
 */
public record Explanation(String pupil, String course, Reason reason, Map<String, Object> facts) {
    public Explanation {
        facts = new LinkedHashMap<>(facts);
    }
}
