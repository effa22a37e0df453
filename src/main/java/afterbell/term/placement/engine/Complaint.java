package afterbell.term.placement.engine;

import java.util.Map;

/**
 * One thing wrong with a file, said so that a person can mend it.
 *
 * @param line counted from 1, the header included; 0 where the whole file is meant
 * @param column header of the cell, empty where the whole line is meant
 */
public record Complaint(String file, int line, String column, String value, String problem, String remedy) {
    public String sentence() {
        String where = file + (line > 0 ? " line " + line : "") + (column.isEmpty() ? "" : ", column " + column);
        return where + ": " + problem + (value.isEmpty() ? "" : " (\"" + value + "\")") + "; " + remedy;
    }

    public Map<String, Object> asJson() {
        return Json.object(
                "file", file, "line", line, "column", column, "value", value, "problem", problem, "remedy", remedy);
    }
}
