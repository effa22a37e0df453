package afterbell.term.placement.engine.check;

import afterbell.term.placement.engine.Json;
import java.util.Map;

/**
 * A statement in the published files that is not so.
 *
 * @param file where it stands
 * @param where the row or field, empty where the whole file is meant
 */
public record Lie(String file, String where, String what) {
    public String sentence() {
        return file + (where.isEmpty() ? "" : " (" + where + ")") + ": " + what;
    }

    public Map<String, Object> asJson() {
        return Json.object("file", file, "where", where, "what", what);
    }
}
