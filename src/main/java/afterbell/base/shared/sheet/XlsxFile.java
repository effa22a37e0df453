package afterbell.base.shared.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/** An .xlsx workbook. Formulas give their stored value; merged regions, which the row reader hides, are read from the sheet's own XML. */
final class XlsxFile implements AutoCloseable {
    private static final int MOST_MERGES = 200_000;

    private final Path path;
    private final SheetLimits limits;
    private final ReadableWorkbook workbook;
    private final Map<String, String> parts;

    private XlsxFile(Path path, SheetLimits limits, ReadableWorkbook workbook, Map<String, String> parts) {
        this.path = path;
        this.limits = limits;
        this.workbook = workbook;
        this.parts = parts;
    }

    static XlsxFile open(Path path, SheetLimits limits) throws IOException, SheetRefused {
        Map<String, String> parts;
        boolean styled;
        try (ZipFile zip = ZipFile.builder().setPath(path).get()) {
            XlsxGuard.check(zip, Files.size(path), limits);
            parts = sheetParts(zip);
            // Some exporters write no styles at all, and then the parser must not look for any.
            styled = zip.getEntry("xl/styles.xml") != null;
        } catch (XMLStreamException e) {
            throw new SheetRefused("sheet.damaged");
        }
        try {
            return new XlsxFile(path, limits, new ReadableWorkbook(path.toFile(), new ReadingOptions(styled, true)), parts);
        } catch (RuntimeException e) {
            // The parser answers a malformed workbook with whatever its code ran into.
            throw new SheetRefused("sheet.damaged");
        }
    }

    List<SheetTab> tabs() throws SheetRefused {
        List<SheetTab> tabs = new ArrayList<>();
        try (Stream<Sheet> sheets = workbook.getSheets()) {
            sheets.forEach(sheet -> tabs.add(new XlsxTab(sheet)));
        } catch (RuntimeException e) {
            throw new SheetRefused("sheet.damaged");
        }
        if (tabs.size() > limits.tabs()) throw new SheetRefused("sheet.too-many-tabs", limits.tabs());
        return tabs;
    }

    @Override
    public void close() throws IOException {
        workbook.close();
    }

    private final class XlsxTab implements SheetTab {
        private final Sheet sheet;
        private @Nullable List<Merge> merges;

        XlsxTab(Sheet sheet) {
            this.sheet = sheet;
        }

        @Override
        public String name() {
            return sheet.getName();
        }

        @Override
        public boolean hidden() {
            return sheet.getVisibility() != SheetVisibility.VISIBLE;
        }

        @Override
        public void rows(RowVisitor visitor) throws SheetRefused {
            MergeFill fill = new MergeFill(merges());
            int seen = 0;
            try (Stream<Row> rows = open()) {
                Iterator<Row> source = rows.iterator();
                for (SheetRow row; (row = next(source, fill)) != null; ) {
                    if (!row.blank() && ++seen > limits.rows()) throw new SheetRefused("sheet.too-many-rows", limits.rows());
                    if (!visitor.visit(row)) return;
                }
            }
        }

        private Stream<Row> open() throws SheetRefused {
            try {
                return sheet.openStream();
            } catch (IOException | RuntimeException e) {
                throw new SheetRefused("sheet.damaged");
            }
        }

        private @Nullable SheetRow next(Iterator<Row> source, MergeFill fill) throws SheetRefused {
            try {
                if (!source.hasNext()) return null;
                Row row = source.next();
                return fill.apply(row.getRowNum(), cells(row));
            } catch (RuntimeException e) {
                // The parser answers malformed input with whatever its code ran into.
                throw new SheetRefused("sheet.damaged");
            }
        }

        private List<Merge> merges() throws SheetRefused {
            List<Merge> known = merges;
            if (known == null) merges = known = readMerges(parts.get(sheet.getId()));
            return known;
        }

        private @Nullable CellValue[] cells(Row row) throws SheetRefused {
            int count = Math.min(row.getCellCount(), limits.columns());
            for (int column = limits.columns(); column < row.getCellCount(); column++)
                if (value(row, column) != null) throw new SheetRefused("sheet.too-many-columns", limits.columns(), row.getRowNum());
            @Nullable CellValue[] cells = new CellValue[count];
            for (int column = 0; column < count; column++) {
                cells[column] = value(row, column);
                if (cells[column] instanceof CellValue.Text text && text.text().length() > limits.cellLength())
                    throw new SheetRefused("sheet.cell-too-long", row.getRowNum(), ColumnLetters.of(column), limits.cellLength());
            }
            return cells;
        }

        private @Nullable CellValue value(Row row, int column) {
            Cell cell = row.hasCell(column) ? row.getCell(column) : null;
            return cell == null ? null : CellReading.value(cell, workbook.isDate1904());
        }
    }

    private List<Merge> readMerges(@Nullable String part) throws SheetRefused {
        List<Merge> merges = new ArrayList<>();
        if (part == null) return merges;
        try (ZipFile zip = ZipFile.builder().setPath(path).get()) {
            ZipArchiveEntry entry = zip.getEntry(part);
            if (entry == null) return merges;
            try (InputStream in = zip.getInputStream(entry)) {
                eachElement(in, reader -> {
                    if (!reader.getLocalName().equals("mergeCell")) return;
                    Merge merge = Merge.parse(reader.getAttributeValue(null, "ref"));
                    if (merge != null && merges.size() < MOST_MERGES) merges.add(merge);
                });
            }
        } catch (IOException | XMLStreamException e) {
            throw new SheetRefused("sheet.damaged");
        }
        return merges;
    }

    /** Relation id of each sheet to the part of the package that holds it. */
    private static Map<String, String> sheetParts(ZipFile zip) throws IOException, XMLStreamException {
        Map<String, String> parts = new HashMap<>();
        ZipArchiveEntry entry = zip.getEntry("xl/_rels/workbook.xml.rels");
        if (entry == null) return parts;
        try (InputStream in = zip.getInputStream(entry)) {
            eachElement(in, reader -> {
                String id = reader.getAttributeValue(null, "Id");
                String target = reader.getAttributeValue(null, "Target");
                if (id != null && target != null) parts.put(id, target.startsWith("/") ? target.substring(1) : "xl/" + target);
            });
        }
        return parts;
    }

    @FunctionalInterface
    private interface OnElement {
        void start(XMLStreamReader reader);
    }

    private static void eachElement(InputStream in, OnElement visitor) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(in);
        try {
            while (reader.hasNext()) if (reader.next() == XMLStreamConstants.START_ELEMENT) visitor.start(reader);
        } catch (RuntimeException e) {
            // The JDK's scanner answers some malformed input with an unchecked exception.
            throw new XMLStreamException(e);
        } finally {
            reader.close();
        }
    }

}
