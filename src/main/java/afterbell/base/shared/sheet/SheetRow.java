package afterbell.base.shared.sheet;

import org.jspecify.annotations.Nullable;

/**
 * One row of a tab. Cells under a merged region repeat its value, so that a class name merged over forty rows stands in each.
 *
 * <p>{@code number} is as Excel shows it, from 1.
 */
public final class SheetRow {
    private final int number;
    private final @Nullable CellValue[] cells;
    private final int own;
    private final boolean spans;

    SheetRow(int number, @Nullable CellValue[] cells, int own, boolean spans) {
        this.number = number;
        this.cells = cells;
        this.own = own;
        this.spans = spans;
    }

    static SheetRow of(int number, @Nullable CellValue... cells) {
        int own = 0;
        for (CellValue cell : cells) if (cell != null) own++;
        return new SheetRow(number, cells, own, false);
    }

    public int number() {
        return number;
    }

    public int width() {
        return cells.length;
    }

    /** The value in a column counted from 0, or null when blank. */
    public @Nullable CellValue at(int column) {
        return column < cells.length ? cells[column] : null;
    }

    /** The cleaned text of a column counted from 0; empty when blank. */
    public String text(int column) {
        CellValue value = at(column);
        return value == null ? "" : CellText.clean(value.text());
    }

    /** Nothing stands here, or only what a merged cell above lends. */
    public boolean blank() {
        return own == 0;
    }

    /** The only thing in the row is one cell merged over several columns: a title or a note, not data. */
    public boolean note() {
        return own == 1 && spans;
    }

    /** How many cells of the row hold something of their own. */
    public int own() {
        return own;
    }
}
