package afterbell.base.shared.sheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row between its cells and its fields, for a kind's {@link ImportKind.RowFinisher}. */
public final class RowDraft {
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, CellValue> cells = new HashMap<>();
    private final List<Bad> bad = new ArrayList<>();
    private final String tab;
    private final @Nullable String classOfTab;

    record Bad(String column, String value, SheetProblem problem) {}

    RowDraft(String tab, @Nullable String classOfTab) {
        this.tab = tab;
        this.classOfTab = classOfTab;
    }

    void cell(String column, CellValue cell) {
        cells.put(column, cell);
    }

    /** What a column or field holds so far; empty when blank. */
    public String get(String key) {
        return values.getOrDefault(key, "");
    }

    public void set(String field, String value) {
        values.put(field, value);
    }

    /** The cell as it stands in the sheet. */
    public @Nullable CellValue cell(String column) {
        return cells.get(column);
    }

    public String tab() {
        return tab;
    }

    /** The class that the tab's name or its title speaks of, canonical; null when there is none. */
    public @Nullable String classOfTab() {
        return classOfTab;
    }

    /** Takes a reading for a field, or reports it as a fault of the column. */
    public void take(String field, String column, Reading reading) {
        switch (reading) {
            case Reading.Value value -> set(field, value.text());
            case Reading.Blank ignored -> {}
            case Reading.Bad fault -> refuse(column, fault.problem());
        }
    }

    public void refuse(String column, SheetProblem problem) {
        CellValue cell = cells.get(column);
        bad.add(new Bad(column, cell == null ? "" : cell.text(), problem));
    }

    List<Bad> bad() {
        return bad;
    }
}
