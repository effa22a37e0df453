package afterbell.base.roster.importing;

import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.SheetOut;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tables whose headers the import understands: empty ones to be filled in, and what is known, to be changed and brought back. */
@Component
class Templates {
    byte[] of(ImportKind kind) {
        List<SheetOut.Column> columns = kind.headers().stream().map(header -> SheetOut.Column.text(header, Math.max(12, 3 * header.length()))).toList();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (SheetOut out = new SheetOut(file)) {
            out.tab(kind.key(), columns);
        }
        return file.toByteArray();
    }

    byte[] known(ImportKind kind, String title, List<ImportPreview.Known> known) {
        List<String> fields = kind.exported();
        List<SheetOut.Column> columns = fields.stream().map(field -> SheetOut.Column.text(kind.header(field), width(kind, field, known))).toList();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (SheetOut out = new SheetOut(file)) {
            SheetOut.Tab tab = out.tab(title, columns);
            for (ImportPreview.Known record : known) tab.row(fields.stream().map(field -> (Object) kind.write(field, record.values()[kind.index(field)])).toArray());
        }
        return file.toByteArray();
    }

    /** As wide as its longest value within reason; a Chinese character takes two places. */
    private static int width(ImportKind kind, String field, List<ImportPreview.Known> known) {
        int longest = known.stream().mapToInt(record -> kind.write(field, record.values()[kind.index(field)]).length()).max().orElse(0);
        return Math.clamp(2L * longest + 2, Math.max(8, 3 * kind.header(field).length()), 44);
    }
}
