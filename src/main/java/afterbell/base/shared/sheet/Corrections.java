package afterbell.base.shared.sheet;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person has mended on the preview: the meaning of columns, and single cells typed anew.
 *
 * @param columns by tab: column letters to the kind's column, or to "" for none
 * @param cells what stands there instead; an empty text is a blank cell
 */
public record Corrections(Map<String, Map<String, String>> columns, Map<At, String> cells) {
    public static final Corrections NONE = new Corrections(Map.of(), Map.of());

    public record At(String tab, int row, String column) {}

    @Nullable CellValue apply(String tab, int row, int column, @Nullable CellValue stored) {
        if (cells.isEmpty()) return stored;
        String typed = cells.get(new At(tab, row, ColumnLetters.of(column)));
        if (typed == null) return stored;
        return typed.isBlank() ? null : new CellValue.Text(typed);
    }
}
