package afterbell.base.roster.importing;

import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.SheetOut;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.springframework.stereotype.Component;

/** Empty tables whose headers the import understands. */
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
}
