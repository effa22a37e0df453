package afterbell.term.placement.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict table reader (RFC 4180, UTF-8, LF or CRLF) that knows the line of every row, and a writer with exact bytes
 * (LF, no byte-order mark, quotes only where needed).
 */
public final class Csv {
    /** A table of 10,000 pupils has a tenth of it; whoever reads more into memory has the wrong file. */
    private static final long MOST_BYTES = 24L << 20;

    private final String file;
    private final List<Complaint> complaints;

    /** One row by header, with the line it starts on. */
    public record Row(int line, Map<String, String> cells) {
        public String get(String column) {
            return cells.getOrDefault(column, "");
        }
    }

    private record Line(int number, List<String> cells) {}

    public Csv(String file, List<Complaint> complaints) {
        this.file = file;
        this.complaints = complaints;
    }

    /** Rows of the file, in order; complains and returns what it could read where the file is not as it should be. */
    public List<Row> read(Path path, List<String> required, List<String> optional) {
        String text = decode(path);
        List<Line> lines = split(text.startsWith("\uFEFF") ? text.substring(1) : text);
        if (lines.isEmpty()) {
            if (complaints.stream().anyMatch(c -> c.file().equals(file))) {
                return List.of();
            }
            complain(0, "", "", "the file is empty", "its first line must be: " + String.join(",", required));
            return List.of();
        }
        List<String> header = lines.getFirst().cells();
        if (!headerIsGood(header, required, optional)) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>(lines.size());
        for (Line line : lines.subList(1, lines.size())) {
            if (line.cells().size() != header.size()) {
                complain(line.number(), "", String.join(",", line.cells()),
                        "has " + line.cells().size() + " cells where the header has " + header.size(),
                        "give every column a cell, empty where there is nothing to say");
                continue;
            }
            Map<String, String> cells = HashMap.newHashMap(header.size());
            for (int i = 0; i < header.size(); i++) {
                cells.put(header.get(i), line.cells().get(i));
            }
            rows.add(new Row(line.number(), cells));
        }
        return rows;
    }

    private String decode(Path path) {
        try {
            if (Files.size(path) > MOST_BYTES) {
                complain(0, "", "", "has more than " + MOST_BYTES + " bytes", "a school's table is far smaller; take out what is not of it");
                return "";
            }
            return StandardCharsets.UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            complain(0, "", "", "is not UTF-8 text", "save it again as CSV UTF-8");
        } catch (IOException unreadable) {
            complain(0, "", "", "cannot be read", "put a readable file of that name into the folder");
        }
        return "";
    }

    private List<Line> split(String text) {
        List<Line> lines = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int number = 1;
        int start = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else if (c == '"') {
                    quoted = false;
                } else {
                    cell.append(c);
                    number += c == '\n' ? 1 : 0;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                cells.add(take(cell));
            } else if (c == '\n') {
                cells.add(take(cell));
                add(lines, start, cells);
                cells = new ArrayList<>();
                start = ++number;
            } else if (c != '\r' || i + 1 >= text.length() || text.charAt(i + 1) != '\n') {
                cell.append(c);
            }
        }
        if (quoted) {
            complain(start, "", "", "opens a quotation mark that is never closed", "close it or leave it out");
        }
        if (!cell.isEmpty() || !cells.isEmpty()) {
            cells.add(take(cell));
            add(lines, start, cells);
        }
        return lines;
    }

    private static void add(List<Line> lines, int number, List<String> cells) {
        if (cells.size() > 1 || !cells.getFirst().isEmpty()) {
            lines.add(new Line(number, cells));
        }
    }

    private static String take(StringBuilder cell) {
        String text = cell.toString();
        cell.setLength(0);
        return text;
    }

    private boolean headerIsGood(List<String> header, List<String> required, List<String> optional) {
        int before = complaints.size();
        for (String column : required) {
            if (!header.contains(column)) {
                complain(1, column, "", "this column is missing", "the header needs: " + String.join(",", required));
            }
        }
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i);
            if (header.indexOf(column) < i) {
                complain(1, column, "", "this column stands twice", "keep one of them");
            } else if (!required.contains(column) && !optional.contains(column)) {
                complain(1, column, "", "this column is not known",
                        "take it out, or use one of: " + String.join(",", optional));
            }
        }
        return complaints.size() == before;
    }

    /** A whole number within bounds; complains and returns the lower bound otherwise. */
    public int number(Row row, String column, int least, int most) {
        String value = row.get(column);
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (least <= number && number <= most) {
                return number;
            }
        }
        complain(row.line(), column, value, "is not a whole number from " + least + " to " + most,
                "write digits only, without sign, point or spaces");
        return least;
    }

    /** An identifier; complains where it is empty or holds a character that the format uses as a sign. */
    public String id(Row row, String column) {
        String value = row.get(column);
        String flaw = idFlaw(value);
        if (!flaw.isEmpty()) {
            complain(row.line(), column, value, flaw,
                    "use 1 to 80 letters, digits, points, hyphens or underscores");
        }
        return value;
    }

    static String idFlaw(String id) {
        if (id.isEmpty()) {
            return "is empty";
        }
        boolean bad = id.length() > 80
                || id.equals("-")
                || id.equals("*")
                || id.chars().anyMatch(c -> c <= ' ' || c == 0x7f || ";=,\"".indexOf(c) >= 0);
        return bad ? "is not a usable id" : "";
    }

    public void complain(int line, String column, String value, String problem, String remedy) {
        String shown = value.length() > 60 ? value.substring(0, 60) : value;
        complaints.add(new Complaint(file, line, column, shown, problem, remedy));
    }

    /** The text of a file: a header and rows. */
    public static String text(List<String> header, List<List<String>> rows) {
        StringBuilder out = new StringBuilder();
        appendLine(out, header);
        rows.forEach(row -> appendLine(out, row));
        return out.toString();
    }

    private static void appendLine(StringBuilder out, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            String cell = cells.get(i);
            if (cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
                out.append('"').append(cell.replace("\"", "\"\"")).append('"');
            } else {
                out.append(cell);
            }
        }
        out.append('\n');
    }
}
