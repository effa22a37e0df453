package afterbell.base.shared.sheet;

import java.io.IOException;
import java.util.List;

/**
 * Writes delimited text as RFC 4180 in UTF-8. For people, a field that a spreadsheet would evaluate gets an apostrophe in front,
 * which {@link SheetBook} takes away again; for programs (OneRoster) fields stay exactly as they are.
 */
public final class CsvOut {
    private static final String EVALUATED = "=+-@\t\r";

    private final Appendable out;
    private final boolean guarded;

    private CsvOut(Appendable out, boolean guarded) {
        this.out = out;
        this.guarded = guarded;
    }

    public static CsvOut forPeople(Appendable out) throws IOException {
        out.append('\uFEFF');
        return new CsvOut(out, true);
    }

    public static CsvOut forPrograms(Appendable out) {
        return new CsvOut(out, false);
    }

    public CsvOut row(List<String> fields) throws IOException {
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) out.append(',');
            field(fields.get(i));
        }
        out.append("\r\n");
        return this;
    }

    private void field(String raw) throws IOException {
        String text = guarded && !raw.isEmpty() && EVALUATED.indexOf(raw.charAt(0)) >= 0 ? "'" + raw : raw;
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') || !text.equals(text.strip());
        out.append(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
    }
}
