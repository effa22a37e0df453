package afterbell.base.shared.sheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file as one kind understands them, and everything it could not take.
 *
 * @param tabs what was found on each tab that was read
 * @param faulty rows left out for a fault, with what could be read of them: nobody they may mean is gone
 * @param badCount all faults; {@code bad} holds the first {@value #MOST_BAD}
 */
public record SheetImport(
        List<TabReading> tabs, List<ParsedRow> rows, List<ParsedRow> faulty, List<BadCell> bad, int badCount) {
    static final int MOST_BAD = 5_000;
    private static final int HEADER_WITHIN = 40;
    private static final int VALUE_LENGTH = 60;
    /** The one column that a tab's name or title can stand for. */
    private static final String CLASS = "class";

    /**
     * @param headerRow row of the header, the lower one of two
     * @param columns column letters to the kind's column
     * @param unknown column letters to headers that mean nothing here
     * @param skipped no header of this kind was found; the tab was left out
     */
    public record TabReading(
            String tab, int headerRow, Map<String, String> columns, Map<String, String> unknown, int rows, boolean skipped) {}

    /**
     * @throws SheetRefused when no tab holds such a table, with the words that were looked for
     */
    public static SheetImport read(List<SheetTab> tabs, ImportKind kind, ImportContext context, Corrections corrections)
            throws SheetRefused {
        Reader reader = new Reader(kind, context, corrections);
        for (SheetTab tab : tabs) if (!tab.hidden()) reader.read(tab);
        if (reader.tabs.stream().allMatch(TabReading::skipped)) throw reader.noHeader();
        return new SheetImport(reader.tabs, reader.rows, reader.faulty, reader.bad, reader.badCount);
    }

    private record Header(int row, Map<Integer, String> columns, Map<Integer, String> unknown, @Nullable String classOfTab) {}

    private static final class Reader {
        private final ImportKind kind;
        private final ImportContext context;
        private final Corrections corrections;
        private final HeaderWords words;
        private final Map<String, CellParser> parsers = new HashMap<>();
        private final Set<String> footers = Words.keys("footers");
        private final List<TabReading> tabs = new ArrayList<>();
        private final List<ParsedRow> rows = new ArrayList<>();
        private final List<ParsedRow> faulty = new ArrayList<>();
        private final List<BadCell> bad = new ArrayList<>();
        private final Map<String, String> interned = new HashMap<>();
        private final Map<String, Map<CellValue, Reading>> seen = new HashMap<>();
        private int badCount;

        Reader(ImportKind kind, ImportContext context, Corrections corrections) {
            this.kind = kind;
            this.context = context;
            this.corrections = corrections;
            words = new HeaderWords(kind);
            for (ImportKind.Column column : kind.columns()) if (column.parser() != null) parsers.put(column.key(), column.parser());
        }

        void read(SheetTab tab) throws SheetRefused {
            Header header = findHeader(tab);
            if (header == null) {
                tabs.add(new TabReading(tab.name(), 0, Map.of(), Map.of(), 0, true));
                return;
            }
            int before = rows.size() + faulty.size();
            if (!lacksColumns(tab, header))
                tab.rows(row -> {
                    if (row.number() > header.row()) readRow(tab.name(), row, header);
                    return true;
                });
            tabs.add(new TabReading(
                    tab.name(), header.row(), lettered(header.columns()), lettered(header.unknown()), rows.size() + faulty.size() - before, false));
        }

        SheetRefused noHeader() {
            List<String> wanted = kind.columns().stream()
                    .map(column -> words.word(column.key()))
                    .limit(6)
                    .toList();
            return new SheetRefused("sheet.no-header", String.join("\u3001", wanted));
        }

        /** The row, or two rows together, that name the most columns of this kind. */
        private @Nullable Header findHeader(SheetTab tab) throws SheetRefused {
            List<SheetRow> top = new ArrayList<>();
            tab.rows(row -> {
                if (!row.blank()) top.add(row);
                return top.size() < HEADER_WITHIN;
            });
            Map<String, String> chosen = corrections.columns().getOrDefault(tab.name(), Map.of());
            List<Header> headers = new ArrayList<>();
            StringBuilder titles = new StringBuilder();
            for (SheetRow row : top) {
                headers.add(header(tab, row.number(), texts(row), chosen, titles));
                titles.append(' ').append(row.text(0));
            }
            // Two rows are one header only when together they name more than either alone.
            titles.setLength(0);
            for (int i = 0; i + 1 < top.size(); i++) {
                if (!top.get(i).note()) headers.add(header(tab, top.get(i + 1).number(), joined(top.get(i), top.get(i + 1)), chosen, titles));
                titles.append(' ').append(top.get(i).text(0));
            }
            Header best = null;
            for (Header header : headers) if (score(header) > (best == null ? 1 : score(best))) best = header;
            return best;
        }

        private Header header(SheetTab tab, int row, List<String> texts, Map<String, String> chosen, StringBuilder titles) {
            Map<Integer, String> columns = new TreeMap<>(words.columns(texts));
            Map<Integer, String> unknown = new TreeMap<>();
            for (int i = 0; i < texts.size(); i++) {
                String choice = chosen.get(ColumnLetters.of(i));
                if (choice != null) {
                    columns.remove(i);
                    if (!choice.isEmpty()) {
                        columns.values().remove(choice);
                        columns.put(i, choice);
                    }
                }
                if (!columns.containsKey(i) && !texts.get(i).isEmpty()) unknown.put(i, texts.get(i));
            }
            String named = ClassNames.findIn(tab.name(), context);
            return new Header(row, columns, unknown, named != null ? named : ClassNames.findIn(titles.toString(), context));
        }

        private static int score(Header header) {
            return header.columns().size();
        }

        private static List<String> texts(SheetRow row) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < row.width(); i++) texts.add(row.text(i).replace("\n", ""));
            return texts;
        }

        /** A group above its columns: the upper word before the lower one, once where a cell spans both rows. */
        private static List<String> joined(SheetRow upper, SheetRow lower) {
            List<String> above = texts(upper);
            List<String> below = texts(lower);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < Math.max(above.size(), below.size()); i++) {
                String top = i < above.size() ? above.get(i) : "";
                String bottom = i < below.size() ? below.get(i) : "";
                texts.add(top.equals(bottom) ? top : top + bottom);
            }
            return texts;
        }

        /** Without the column of a required field every row would be bad: say it once. */
        private boolean lacksColumns(SheetTab tab, Header header) {
            boolean lacks = false;
            for (ImportKind.Column column : kind.columns()) {
                if (!kind.required().contains(column.key()) || header.columns().containsValue(column.key())) continue;
                if (column.key().equals(CLASS) && header.classOfTab() != null) continue;
                fault(new BadCell(tab.name(), header.row(), "", column.key(), "", SheetProblem.of("sheet.column-missing", words.word(column.key()))));
                lacks = true;
            }
            return lacks;
        }

        private void readRow(String tab, SheetRow row, Header header) {
            if (row.blank() || row.note() || isFooter(row) || isHeaderAgain(row, header)) return;
            RowDraft draft = new RowDraft(tab, header.classOfTab());
            boolean anything = false;
            for (Map.Entry<Integer, String> column : header.columns().entrySet()) {
                CellValue cell = corrections.apply(tab, row.number(), column.getKey(), row.at(column.getKey()));
                if (cell == null || cell.text().isBlank()) continue;
                anything = true;
                draft.cell(column.getValue(), cell);
                CellParser parser = parsers.get(column.getValue());
                if (parser != null) draft.take(column.getValue(), column.getValue(), parsed(column.getValue(), parser, cell));
            }
            if (!anything) return;
            kind.finisher().finish(draft, context);
            for (String field : kind.required())
                if (draft.get(field).isEmpty() && draft.bad().stream().noneMatch(fault -> fault.column().equals(field)))
                    draft.refuse(field, SheetProblem.of("sheet.cell.missing", words.word(field)));
            (draft.bad().isEmpty() ? rows : faulty).add(new ParsedRow(tab, row.number(), values(draft)));
            for (RowDraft.Bad fault : draft.bad()) fault(badCell(tab, row, header, fault));
        }

        /** Classes, days and the like repeat thousands of times in a large file. */
        private Reading parsed(String column, CellParser parser, CellValue cell) {
            Map<CellValue, Reading> known = seen.computeIfAbsent(column, ignored -> new HashMap<>());
            Reading reading = known.get(cell);
            if (reading == null) {
                reading = parser.read(cell, context);
                if (known.size() < 2_000) known.put(cell, reading);
            }
            return reading;
        }

        private String[] values(RowDraft draft) {
            String[] values = new String[kind.fields().size()];
            for (int i = 0; i < values.length; i++) {
                String value = draft.get(kind.fields().get(i));
                values[i] = value.length() > 24 ? value : shared(value);
            }
            return values;
        }

        private String shared(String value) {
            if (interned.size() > 50_000) return interned.getOrDefault(value, value);
            String known = interned.putIfAbsent(value, value);
            return known == null ? value : known;
        }

        private static BadCell badCell(String tab, SheetRow row, Header header, RowDraft.Bad fault) {
            String letters = header.columns().entrySet().stream()
                    .filter(column -> column.getValue().equals(fault.column()))
                    .map(column -> ColumnLetters.of(column.getKey()))
                    .findFirst()
                    .orElse("");
            String value = fault.value().codePointCount(0, fault.value().length()) > VALUE_LENGTH
                    ? fault.value().substring(0, fault.value().offsetByCodePoints(0, VALUE_LENGTH))
                    : fault.value();
            return new BadCell(tab, row.number(), letters, fault.column(), value, fault.problem());
        }

        private void fault(BadCell cell) {
            badCount++;
            if (bad.size() < MOST_BAD) bad.add(cell);
        }

        /** Totals and notes under the table: few cells, and the first begins with such a word. */
        private boolean isFooter(SheetRow row) {
            for (int i = 0; i < row.width(); i++) {
                String text = row.text(i);
                if (text.isEmpty()) continue;
                String start = Words.comparable(text).replaceFirst("[:\uFF1A].*$", "");
                return footers.contains(start) || row.own() <= 2 && footers.stream().anyMatch(start::startsWith);
            }
            return false;
        }

        /** Tables cut for printing repeat their header. */
        private boolean isHeaderAgain(SheetRow row, Header header) {
            int alike = 0;
            for (Map.Entry<Integer, String> column : header.columns().entrySet())
                if (column.getValue().equals(words.column(row.text(column.getKey())))) alike++;
            return alike >= 2 && alike * 2 >= header.columns().size();
        }

        private static Map<String, String> lettered(Map<Integer, String> columns) {
            Map<String, String> lettered = new LinkedHashMap<>();
            columns.forEach((column, name) -> lettered.put(ColumnLetters.of(column), name));
            return lettered;
        }
    }
}
