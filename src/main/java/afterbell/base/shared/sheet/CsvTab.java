package afterbell.base.shared.sheet;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Delimited text as Excel, WPS and questionnaire sites write it: UTF-8 with or without mark, GB18030, UTF-16; comma, semicolon or
 * tab; quotes. The encoding is the first that decodes the whole file without one fault.
 */
final class CsvTab implements SheetTab {
    private static final int MARKED = 0xFEFF;
    private static final int SNIFF_RECORDS = 30;
    private static final Pattern TEXT_FORMULA = Pattern.compile("=\"([^\"]*)\"");
    private static final Pattern GUARDED = Pattern.compile("'[=+\\-@\\t\\r].*", Pattern.DOTALL);

    private final Path path;
    private final String name;
    private final SheetLimits limits;
    private @Nullable Charset charset;
    private @Nullable Character delimiter;

    CsvTab(Path path, String name, SheetLimits limits) {
        this.path = path;
        this.name = name;
        this.limits = limits;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean hidden() {
        return false;
    }

    @Override
    public void rows(RowVisitor visitor) throws SheetRefused {
        try {
            Charset encoding = charset();
            char separator = delimiter(encoding);
            try (Reader in = reader(encoding)) {
                Records records = new Records(in, separator);
                int seen = 0;
                for (List<String> record; (record = records.next()) != null; ) {
                    SheetRow row = row(records.number, record);
                    if (!row.blank() && ++seen > limits.rows()) throw new SheetRefused("sheet.too-many-rows", limits.rows());
                    if (!visitor.visit(row)) return;
                }
            }
        } catch (IOException e) {
            throw new SheetRefused("sheet.damaged");
        }
    }

    private SheetRow row(int number, List<String> record) {
        if (number == 1 && record.size() <= 2 && record.getFirst().startsWith("sep")) return SheetRow.of(number);
        @Nullable CellValue[] cells = new CellValue[record.size()];
        for (int i = 0; i < cells.length; i++) {
            String text = record.get(i);
            var formula = TEXT_FORMULA.matcher(text);
            if (formula.matches()) text = formula.group(1);
            else if (GUARDED.matcher(text).matches()) text = text.substring(1);
            cells[i] = text.isBlank() ? null : new CellValue.Text(text);
        }
        return SheetRow.of(number, cells);
    }

    private Charset charset() throws IOException, SheetRefused {
        Charset known = charset;
        if (known == null) charset = known = detectCharset();
        return known;
    }

    private Charset detectCharset() throws IOException, SheetRefused {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(4096);
        }
        List<Charset> candidates = new ArrayList<>();
        if (marked(head, 0xFF, 0xFE)) candidates.add(StandardCharsets.UTF_16LE);
        else if (marked(head, 0xFE, 0xFF)) candidates.add(StandardCharsets.UTF_16BE);
        else if (zeros(head, 1) > head.length / 8) candidates.add(StandardCharsets.UTF_16LE);
        else if (zeros(head, 0) > head.length / 8) candidates.add(StandardCharsets.UTF_16BE);
        else if (zeros(head, 0) + zeros(head, 1) > 0) throw new SheetRefused("sheet.not-a-sheet");
        else candidates.addAll(List.of(StandardCharsets.UTF_8, Charset.forName("GB18030")));
        for (Charset candidate : candidates) if (decodes(candidate)) return candidate;
        throw new SheetRefused("sheet.unknown-encoding");
    }

    private boolean decodes(Charset candidate) throws IOException {
        char[] buffer = new char[1 << 15];
        try (Reader in = reader(candidate)) {
            int control = 0;
            for (int read; (read = in.read(buffer)) > 0; )
                for (int i = 0; i < read; i++)
                    if (buffer[i] < ' ' && buffer[i] != '\n' && buffer[i] != '\r' && buffer[i] != '\t') control++;
            return control < 16;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private Reader reader(Charset encoding) throws IOException {
        var decoder = encoding.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(new BufferedInputStream(Files.newInputStream(path)), decoder), 1 << 15);
        reader.mark(1);
        if (reader.read() != MARKED) reader.reset();
        return reader;
    }

    /** The sign that splits the first records into the most even number of columns. */
    private char delimiter(Charset encoding) throws IOException, SheetRefused {
        Character known = delimiter;
        if (known != null) return known;
        char best = ',';
        long bestScore = -1;
        for (char candidate : new char[] {',', '\t', ';', '\uFF0C', '|'}) {
            try (Reader in = reader(encoding)) {
                long score = score(new Records(in, candidate));
                if (score > bestScore) {
                    best = candidate;
                    bestScore = score;
                }
            }
        }
        delimiter = best;
        return best;
    }

    private static long score(Records records) throws IOException {
        int[] widths = new int[SNIFF_RECORDS];
        int count = 0;
        try {
            for (List<String> record; count < SNIFF_RECORDS && (record = records.next()) != null; )
                if (record.size() > 1) widths[count++] = record.size();
        } catch (SheetRefused e) {
            // What passes a bound is judged by what came before; reading it in earnest will refuse it.
            count = Math.min(count, SNIFF_RECORDS);
        }
        long score = 0;
        for (int i = 0; i < count; i++) {
            int alike = 0;
            for (int j = 0; j < count; j++) if (widths[j] == widths[i]) alike++;
            score = Math.max(score, (long) alike * alike * widths[i]);
        }
        return score;
    }

    private static boolean marked(byte[] head, int first, int second) {
        return head.length > 1 && head[0] == (byte) first && head[1] == (byte) second;
    }

    private static int zeros(byte[] head, int parity) {
        int zeros = 0;
        for (int i = parity; i < head.length; i += 2) if (head[i] == 0) zeros++;
        return zeros;
    }

    /** Records of RFC 4180, lenient about a quote in the middle of a plain field. */
    private final class Records {
        private final Reader in;
        private final char separator;
        private int number;
        private int peeked = -2;

        Records(Reader in, char separator) {
            this.in = in;
            this.separator = separator;
        }

        @Nullable List<String> next() throws IOException, SheetRefused {
            int c = read();
            if (c < 0) return null;
            number++;
            List<String> fields = new ArrayList<>();
            StringBuilder field = new StringBuilder();
            boolean quoted = false;
            boolean fresh = true;
            for (; ; c = read()) {
                if (quoted) {
                    if (c < 0) throw new SheetRefused("sheet.open-quote", number);
                    if (c != '"') {
                        append(field, c, fields.size());
                    } else if (peek() == '"') {
                        append(field, read(), fields.size());
                    } else {
                        quoted = false;
                    }
                } else if (c == '"' && fresh) {
                    quoted = true;
                    fresh = false;
                } else if (c == separator) {
                    if (fields.size() >= limits.columns()) throw new SheetRefused("sheet.too-many-columns", limits.columns(), number);
                    fields.add(field.toString());
                    field.setLength(0);
                    fresh = true;
                } else if (c == '\n' || c == '\r' || c < 0) {
                    if (c == '\r' && peek() == '\n') read();
                    fields.add(field.toString());
                    return fields;
                } else {
                    append(field, c, fields.size());
                    fresh &= c == ' ';
                    if (fresh && peek() == '"') field.setLength(0);
                }
            }
        }

        private void append(StringBuilder field, int c, int column) throws SheetRefused {
            if (field.length() >= limits.cellLength())
                throw new SheetRefused("sheet.cell-too-long", number, ColumnLetters.of(column), limits.cellLength());
            field.append((char) c);
        }

        private int peek() throws IOException {
            if (peeked == -2) peeked = in.read();
            return peeked;
        }

        private int read() throws IOException {
            int c = peeked == -2 ? in.read() : peeked;
            peeked = -2;
            return c;
        }
    }
}
