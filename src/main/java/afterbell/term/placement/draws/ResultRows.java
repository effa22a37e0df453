package afterbell.term.placement.draws;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rows of a result file below its header. The files are our own and exact: fields in quotes where they hold a comma or a quote, LF at each end. */
final class ResultRows {
    private ResultRows() {}

    static List<List<String>> of(Path file) throws IOException {
        return Files.exists(file) ? of(Files.readString(file, StandardCharsets.UTF_8)) : List.of();
    }

    static List<List<String>> of(String text) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : text.split("\n", -1)) if (!line.isEmpty()) rows.add(fields(line));
        return rows.isEmpty() ? rows : rows.subList(1, rows.size());
    }

    private static List<String> fields(String line) {
        List<String> all = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                all.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        all.add(field.toString());
        return all;
    }
}
