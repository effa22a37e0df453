package afterbell.base.shared.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Tables and files for tests. */
final class Sheets {
    private Sheets() {}

    /** A tab of rows; the cells of a row are separated by {@code |}, a blank cell is empty. */
    static SheetTab tab(String name, String... rows) {
        return new SheetTab() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean hidden() {
                return false;
            }

            @Override
            public void rows(RowVisitor visitor) {
                for (int i = 0; i < rows.length; i++) {
                    String[] texts = rows[i].split("\\|", -1);
                    @Nullable CellValue[] cells = new CellValue[texts.length];
                    for (int j = 0; j < texts.length; j++) cells[j] = texts[j].isBlank() ? null : new CellValue.Text(texts[j]);
                    if (!visitor.visit(SheetRow.of(i + 1, cells))) return;
                }
            }
        };
    }

    static SheetImport read(ImportKind kind, String... rows) throws SheetRefused {
        return SheetImport.read(List.of(tab("Sheet1", rows)), kind, CellsTest.SCHOOL, Corrections.NONE);
    }

    static List<Map<String, String>> records(ImportKind kind, SheetImport read) {
        return read.rows().stream().map(row -> kind.record(row.values())).toList();
    }

    /** All rows of a tab as texts. */
    static List<List<String>> texts(SheetTab tab) throws SheetRefused {
        List<List<String>> all = new ArrayList<>();
        tab.rows(row -> {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < row.width(); i++) texts.add(row.text(i));
            all.add(texts);
            return true;
        });
        return all;
    }

    /** Writes a package of parts, so that nasty ones can be made. */
    static Path zip(Path file, Map<String, byte[]> parts) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    static Path resource(String name, Path folder) throws IOException {
        Path file = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
        try (InputStream in = Sheets.class.getResourceAsStream(name)) {
            if (in == null) throw new IOException("no " + name);
            Files.copy(in, file);
        }
        return file;
    }
}
