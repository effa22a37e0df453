package afterbell.base.shared.sheet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes an .xlsx of one or more tabs: a frozen bold header, fitting widths, identifiers as text. Every text is stored as text in a
 * cell of text format, so neither opening the file nor editing the cell makes Excel evaluate it, whatever sign it begins with.
 *
 * <p>Not for several threads. Rows are written through as they come.
 */
public final class SheetOut implements AutoCloseable {
    private static final int FLUSH_EVERY = 500;
    private static final int NAME_LENGTH = 31;

    private final Workbook workbook;
    private final Set<String> names = new HashSet<>();

    public SheetOut(OutputStream out) {
        workbook = new Workbook(out, "Afterbell", "01.0000");
        workbook.setGlobalDefaultFont("Microsoft YaHei", 10.5);
    }

    /** What a column holds. Text includes every identifier, phone and number that nobody adds up. */
    public enum Of {
        TEXT,
        WRAPPED,
        NUMBER,
        FEN,
        DATE
    }

    /** @param width in characters of Latin text; 0 lets the header decide */
    public record Column(String header, Of of, int width) {
        public static Column text(String header, int width) {
            return new Column(header, Of.TEXT, width);
        }

        public static Column wrapped(String header, int width) {
            return new Column(header, Of.WRAPPED, width);
        }

        public static Column number(String header) {
            return new Column(header, Of.NUMBER, 0);
        }

        /** Amounts are given in fen and shown in yuan. */
        public static Column fen(String header) {
            return new Column(header, Of.FEN, 12);
        }

        public static Column date(String header) {
            return new Column(header, Of.DATE, 12);
        }
    }

    /** Starts a tab; the one before is finished. The name is made unique and legal. */
    public Tab tab(String name, List<Column> columns) {
        return tab(name, null, columns);
    }

    /** @param title one line above the header over all columns */
    public Tab tab(String name, @Nullable String title, List<Column> columns) {
        return new Tab(workbook.newWorksheet(legal(name)), title, columns);
    }

    @Override
    public void close() {
        try {
            workbook.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String legal(String name) {
        String plain = XmlText.legal(name).replaceAll("[\\[\\]*?/\\\\:']", " ").strip();
        String base = plain.isEmpty() ? "Sheet" : cut(plain, NAME_LENGTH);
        String unique = base;
        for (int i = 2; !names.add(unique.toLowerCase(Locale.ROOT)); i++) unique = cut(base, NAME_LENGTH - 4) + "(" + i + ")";
        return unique;
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) return text;
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end);
    }

    /** One sheet, filled from the top. */
    public static final class Tab {
        private final Worksheet sheet;
        private final List<Column> columns;
        private int row;

        private Tab(Worksheet sheet, @Nullable String title, List<Column> columns) {
            this.sheet = sheet;
            this.columns = new ArrayList<>(columns);
            if (title != null) writeTitle(title);
            writeHeader();
        }

        /** Adds a row: text, number, date, time or null for each column in turn; a fen column takes a whole number of fen. */
        public Tab row(@Nullable Object... values) {
            if (values.length > columns.size()) throw new IllegalArgumentException("more values than columns");
            for (int i = 0; i < values.length; i++) write(i, values[i]);
            row++;
            if (row % FLUSH_EVERY == 0) flush();
            return this;
        }

        private void writeTitle(String title) {
            sheet.inlineString(0, 0, XmlText.legal(title));
            if (columns.size() > 1) sheet.range(0, 0, 0, columns.size() - 1).merge();
            sheet.style(0, 0).bold().fontSize(14).horizontalAlignment("center").set();
            row = 1;
        }

        private void writeHeader() {
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                sheet.inlineString(row, i, XmlText.legal(column.header()));
                sheet.width(i, column.width() > 0 ? column.width() : Math.max(8, 4 + 2 * column.header().length()));
            }
            if (!columns.isEmpty())
                sheet.range(row, 0, row, columns.size() - 1)
                        .style()
                        .bold()
                        .fillColor("E8EEF4")
                        .borderStyle(BorderStyle.THIN)
                        .borderColor("B8C4D0")
                        .verticalAlignment("center")
                        .wrapText(true)
                        .set();
            row++;
            sheet.freezePane(0, row);
            sheet.repeatRows(0, row - 1);
        }

        private void write(int column, @Nullable Object value) {
            switch (columns.get(column).of()) {
                case TEXT -> text(column, value, false);
                case WRAPPED -> text(column, value, true);
                case NUMBER -> {
                    if (value instanceof Number number) sheet.value(row, column, number);
                    else text(column, value, false);
                }
                case FEN -> {
                    if (value instanceof Number fen) {
                        sheet.value(row, column, BigDecimal.valueOf(fen.longValue(), 2));
                        sheet.style(row, column).format("0.00").set();
                    } else {
                        text(column, value, false);
                    }
                }
                case DATE -> {
                    if (value instanceof LocalDate date) {
                        sheet.value(row, column, date);
                        sheet.style(row, column).format("yyyy-mm-dd").set();
                    } else {
                        text(column, value, false);
                    }
                }
            }
        }

        private void text(int column, @Nullable Object value, boolean wrapped) {
            if (value != null) {
                String text = value instanceof LocalTime time ? time.toString() : value.toString();
                if (!text.isEmpty()) sheet.inlineString(row, column, XmlText.legal(text));
            }
            var style = sheet.style(row, column).format("@");
            if (wrapped) style.wrapText(true).verticalAlignment("top");
            style.set();
        }

        private void flush() {
            try {
                sheet.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
