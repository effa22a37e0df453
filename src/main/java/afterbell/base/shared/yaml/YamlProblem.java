package afterbell.base.shared.yaml;

import afterbell.base.shared.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong in a data file, and where. The words stand in the message files under {@code yaml.<code>}; {@code yaml.<code>.next} says what to do.
 *
 * @param line counted from 1; 0 where the whole file is meant
 * @param code for example {@code missing}, {@code not-a-number}; a room may add its own, written with its prefix ({@code rules.unknown-key})
 * @param details fill the places {2}, {3}, … of the sentence; {0} is the file, {1} the line
 */
public record YamlProblem(String file, int line, String code, List<Object> details) implements Refusal {

    public YamlProblem {
        details = List.copyOf(details);
    }

    @Override
    public String messageKey() {
        return code.indexOf('.') >= 0 ? code : "yaml." + code;
    }

    @Override
    public List<Object> facts() {
        List<Object> facts = new ArrayList<>(List.of(file, line));
        facts.addAll(details);
        return facts;
    }

    /** One plain line for a terminal or a log. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + code + (details.isEmpty() ? "" : " " + details);
    }
}
